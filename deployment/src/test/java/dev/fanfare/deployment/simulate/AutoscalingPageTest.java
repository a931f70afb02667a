package dev.fanfare.deployment.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.deployment.autoscale.Fallback;
import dev.fanfare.deployment.autoscale.SpecReader;
import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of docs/operations/autoscaling.md is what the simulation shows, to the last client: so nothing of it
/// changes by
/// accident.
class AutoscalingPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)( --keda)?`[^|]* \\| (.*) \\|$");
    private static final int POD_START_SECONDS = 10;
    private static final int SEED = 1;
    private static final int LONGEST_WAIT = 600;

    /// @param name for the report
    record Row(String name, Scenario scenario, boolean isKeda, String figures) {

        static Row of(MatchResult match) {
            boolean isKeda = match.group(2) != null;
            Scenario scenario = Scenario.of(match.group(1)).orElseThrow();
            return new Row(scenario.id() + (isKeda ? " --keda" : ""), scenario, isKeda, match.group(3));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/operations/autoscaling.md")))
                .results()
                .map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_isWhatThisSeedPlays(Row row) throws IOException {
        // Given
        Path components = ROOT.resolve("k8s/components");
        Setup setup = new Setup(
                SpecReader.read(Manifests.read(components.resolve("hpa/gateway.yaml"))
                        .find("HorizontalPodAutoscaler", "gateway-service")
                        .orElseThrow()),
                row.isKeda() ? fallback(components) : Optional.empty(),
                GatewaySettings.of(Manifests.read(ROOT.resolve("k8s/base/gateway.yaml")), false),
                Balancer.CHANCE,
                POD_START_SECONDS);

        // When
        Played played = new Simulation(row.scenario(), setup, new SplittableRandom(SEED)).play();

        // Then
        assertThat(figures(played)).isEqualTo(row.figures());
    }

    @Test
    void table_hasEveryScenario() throws IOException {
        assertThat(rows().map(Row::scenario)).contains(Scenario.values());
        assertThat(rows().filter(Row::isKeda)).hasSize(1);
        assertThat(rows()).hasSize(Arrays.asList(Scenario.values()).size() + 1);
    }

    private static Optional<Fallback> fallback(Path components) throws IOException {
        return Manifests.read(components.resolve("keda/gateway.yaml"))
                .all("ScaledObject")
                .findFirst()
                .flatMap(Fallback::read);
    }

    private static String figures(Played played) {
        Timeline timeline = played.timeline();
        int least = timeline.seconds().stream()
                .mapToInt(Timeline.Second::ready)
                .min()
                .orElseThrow();
        int most = (int) timeline.max(Timeline.Second::ready);
        return String.format(
                Locale.ROOT,
                "%s | %,.0f | %,.0f | %s | %,.0f",
                least == most ? least : least + " to " + most,
                timeline.max(Timeline.Second::fullest),
                timeline.sum(Timeline.Second::refused),
                waits(played.waits()),
                timeline.sum(Timeline.Second::moved));
    }

    private static String waits(Waits waits) {
        return waits.of(0.99) == LONGEST_WAIT ? "over 10 min" : waits.of(0.99) + " s, " + waits.of(1) + " s";
    }
}
