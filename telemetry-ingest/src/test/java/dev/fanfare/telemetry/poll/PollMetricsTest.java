package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PollMetricsTest {

    private final VirtualTicker ticker = new VirtualTicker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PollMetrics metrics = new PollMetrics("iss", registry, ticker);

    @ParameterizedTest
    @EnumSource(FetchFailure.class)
    void everyOutcome_existsAtZeroAndIsCounted(FetchFailure failure) {
        // Given
        var counter = registry.get("fanfare.telemetry.polls")
                .tags("source", "iss", "outcome", failure.slug())
                .counter();
        assertThat(counter.count()).isZero();

        // When
        metrics.polled(new Failed(failure, ""), 1_000_000);

        // Then
        assertThat(counter.count()).isEqualTo(1);
    }

    @Test
    void sampleAge_isNoNumberOnAStandby() {
        // When, Then
        assertThat(sampleAge()).isNaN();
    }

    @Test
    void sampleAge_countsFromTheStartOfPollingAndThenFromTheNewestSample() {
        // When
        metrics.polling(true);
        ticker.advance(Duration.ofSeconds(3));
        double beforeAny = sampleAge();
        metrics.published();
        ticker.advance(Duration.ofSeconds(1));
        double afterOne = sampleAge();
        metrics.polling(false);

        // Then
        assertThat(beforeAny).isEqualTo(3);
        assertThat(afterOne).isEqualTo(1);
        assertThat(sampleAge()).isNaN();
    }

    private double sampleAge() {
        return registry.get("fanfare.telemetry.sample.age").gauge().value();
    }
}
