package dev.fanfare.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.contract.channel.Channel;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishReportTest {

    private record Named(String name) implements Side {

        @Override
        public List<Channel> channels() {
            return List.of();
        }

        @Override
        public Effort publish(int messages) {
            throw new UnsupportedOperationException();
        }
    }

    private final Side bare = new Named("bare");
    private final Side ours = new Named("ours");

    @Test
    void ratio_comparesWithTheBareScriptOfTheSameRound() {
        // Given
        PublishReport report = reportOf(List.of(round(100), round(50)), List.of(round(80), round(30)));

        // When
        Spread ratio = report.ratio(ours);

        // Then
        assertThat(ratio).isEqualTo(new Spread(0.6, 0.7, 0.8));
    }

    @Test
    void page_namesWhatItTakesToMeasureAgain() {
        // Given
        PublishReport report = reportOf(List.of(round(100)), List.of(round(80)));

        // When
        String page = report.markdown();

        // Then
        assertThat(page)
                .contains("`c0ffee`", "`./dev bench publish`", "some cpu, 2 cores", "| load before the start | 0.25 |")
                .contains("| ours | 80 | 80 | 80 | 80 % | 80 % | 80 % | 2500.0 | 1250.0 | 20 % | 10 % |\n")
                .contains("| publishes/s in round | 1 |\n|---|--:|\n| bare | 100 |\n| ours | 80 |\n");
    }

    /// At so many publishes a second, with a fifth of a core for Redis and a tenth for the client.
    private static Round round(int perSecond) {
        var effort = new Side.Effort(Duration.ofSeconds(1), Duration.ofMillis(100));
        return new Round(perSecond, effort, Duration.ofMillis(200));
    }

    private PublishReport reportOf(List<Round> ofBare, List<Round> ofOurs) {
        Map<Side, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put(bare, ofBare);
        rounds.put(ours, ofOurs);
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        return new PublishReport(
                new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench publish", machine),
                "redis-benchmark",
                "Redis 7",
                PublishOptions.parse(new Arguments(List.of("--rounds", String.valueOf(ofBare.size())))),
                rounds);
    }
}
