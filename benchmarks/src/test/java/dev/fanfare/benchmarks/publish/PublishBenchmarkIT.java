package dev.fanfare.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.contract.channel.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That the sides do what they say. How fast they are is for the benchmark.
class PublishBenchmarkIT {

    private static final int MESSAGES = 600;
    private static final int HISTORY = 50;
    private static final int CHANNELS = 4;
    private static final PublishOptions TINY = new PublishOptions(2, 1, MESSAGES, 3, 4, 64, HISTORY, CHANNELS, false);

    private static PublisherOnRedis installation;
    private static Comparison comparison;

    @BeforeAll
    static void start() {
        installation = new PublisherOnRedis(TINY.history(), TINY.inFlight());
        comparison = new Comparison(installation, TINY);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    static List<Side> sides() {
        return comparison.sides();
    }

    @ParameterizedTest
    @MethodSource("sides")
    void everySide_storesExactlyThePublishesThatItClaims(Side side) {
        // Given
        execute("FLUSHALL");

        // When
        side.publish(MESSAGES);

        // Then
        int each = MESSAGES / side.channels().size();
        for (Channel channel : side.channels()) {
            assertThat(execute("HGET", installation.keys().meta(channel), "o")).isEqualTo(String.valueOf(each));
            assertThat(execute("XLEN", installation.keys().stream(channel))).isEqualTo((long) HISTORY);
        }
        assertThat(keysWithId()).isEqualTo(MESSAGES);
    }

    @Test
    void allSides_storeMessagesOfTheSameSize() {
        // When
        Set<Integer> sizes =
                sides().stream().map(PublishBenchmarkIT::storedSize).collect(Collectors.toSet());

        // Then
        assertThat(sizes).hasSize(1);
    }

    @Test
    void sideThatPublishesLessThanItClaims_failsTheRun() {
        // Given
        var cheating = new Side() {
            @Override
            public String name() {
                return "a cheat";
            }

            @Override
            public List<Channel> channels() {
                return sides().getFirst().channels();
            }

            @Override
            public Effort publish(int messages) {
                return sides().getFirst().publish(messages - TINY.pipeline());
            }
        };

        // Then
        assertThatThrownBy(() -> comparison.turn(cheating))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a cheat");
    }

    @Test
    void tinyRun_reportsEveryRoundOfEverySide() throws IOException {
        // Given
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench publish", Machine.here());

        // When
        PublishReport report = PublishBenchmark.run(TINY, subject, silent);

        // Then
        assertThat(report.rounds())
                .hasSize(sides().size())
                .allSatisfy((_, rounds) -> assertThat(rounds).hasSize(2));
        assertThat(report.markdown())
                .contains("# Publishing, 1970-01-01", "`./dev bench publish`", "redis-benchmark --csv -c 3 -P 4 -n 600")
                .contains(sides().stream().map(Side::name).toList());
    }

    private static int keysWithId() {
        List<?> keys = (List<?>) execute("KEYS", "*:i:*");
        return keys == null ? 0 : keys.size();
    }

    /// Length of one entry of the stream, as Redis prints it.
    private static int storedSize(Side side) {
        execute("FLUSHALL");
        side.publish(TINY.pipeline());
        return String.valueOf(execute(
                        "XRANGE", installation.keys().stream(side.channels().getFirst()), "-", "+", "COUNT", "1"))
                .length();
    }

    private static @Nullable Object execute(String... command) {
        return installation.redis().execute(command);
    }
}
