package dev.fanfare.deployment.autoscale;

import static dev.fanfare.deployment.autoscale.PodReading.known;
import static dev.fanfare.deployment.autoscale.PodReading.missing;
import static dev.fanfare.deployment.autoscale.PodReading.unready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples are those of Kubernetes' own page on the algorithm, or follow from its sentences.
class RecommendationTest {

    private static final MetricTarget WANTED_100 = new MetricTarget.PerPod("m", 100);

    static Stream<Arguments> examples() {
        return Stream.of(
                arguments("200m where 100m are wanted doubles", each(200, 3), 6),
                arguments("50m where 100m are wanted halves", each(50, 4), 2),
                arguments("a part of a pod is a whole one", List.of(known(100), known(100), known(140)), 4),
                arguments("within a tenth above nothing is done", each(110, 4), 4),
                arguments("within a tenth below nothing is done", each(90, 4), 4),
                arguments("beyond a tenth above something is done", each(111, 4), 5),
                arguments("beyond a tenth below something is done", each(74, 4), 3),
                arguments("a missing pod counts as idle in a rise", List.of(known(200), known(200), missing()), 4),
                arguments("a missing pod counts as just right in a fall", List.of(known(20), known(20), missing()), 2),
                arguments(
                        "a pod that is not ready counts as idle in a rise",
                        List.of(known(200), known(200), unready()),
                        4),
                arguments(
                        "a pod that is not ready does not count in a fall",
                        List.of(known(50), known(50), unready()),
                        1),
                arguments("what is assumed does not turn a rise", List.of(known(120), missing(), missing()), 3),
                arguments("missing pods change nothing where all is right", List.of(known(100), missing()), 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void pods_askForReplicas(String example, List<PodReading> pods, int replicas) {
        // When
        OptionalInt asked = Recommendation.replicas(pods.size(), WANTED_100, pods);

        // Then
        assertThat(asked).as(example).hasValue(replicas);
    }

    @Test
    void nothingKnown_asksForNothing() {
        // When
        OptionalInt asked = Recommendation.replicas(2, WANTED_100, List.of(missing(), unready()));

        // Then
        assertThat(asked).isEmpty();
    }

    @Test
    void missingProcessorTime_countsAsAllThatIsRequested() {
        // Given
        MetricTarget half = new MetricTarget.Cpu(50);

        // When
        OptionalInt asked = Recommendation.replicas(4, half, List.of(known(40), known(40), known(40), missing()));

        // Then: 55 percent of 50 is within the tenth; without the fourth pod it would have been 3
        assertThat(asked).hasValue(4);
    }

    @Test
    void processorTime_isKnownInWholePercents() {
        // When
        OptionalInt asked =
                Recommendation.replicas(3, new MetricTarget.Cpu(50), List.of(known(101), known(0), known(0)));

        // Then: 33 percent ask for 1.98, and 33.7 for 2.02
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("assumptions")
    void whatIsAssumed_leadsToNoChangeTheOtherWay(String example, int current, List<PodReading> pods) {
        // When
        OptionalInt asked = Recommendation.replicas(current, WANTED_100, pods);

        // Then
        assertThat(asked).as(example).hasValue(current);
    }

    /// More or fewer pods than are asked for, as while they come and go.
    static Stream<Arguments> assumptions() {
        return Stream.of(
                arguments(
                        "a fall of four that are to be two, to three",
                        2,
                        List.of(known(40), known(40), known(40), known(40), missing())),
                arguments(
                        "a rise of three that are to be six, to four", 6, List.of(known(200), known(200), missing())));
    }

    private static List<PodReading> each(double value, int pods) {
        return Collections.nCopies(pods, known(value));
    }
}
