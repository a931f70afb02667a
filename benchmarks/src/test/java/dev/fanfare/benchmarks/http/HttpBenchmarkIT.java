package dev.fanfare.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.PublishPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That the bare class does what it says, and that a server which is away is reported. How fast they are is for the
/// benchmark.
class HttpBenchmarkIT {

    private static final HttpOptions TINY =
            new HttpOptions(List.of(PublishPeer.PUBLISHER_NATIVE), 4, 64, 2, 1, 1, 0, false);

    @Test
    void bareClass_storesExactlyThePublishesThatItClaims() {
        try (var redis = new PublisherOnRedis(BareCallers.HISTORY, TINY.connections());
                BareSide side = BareSide.start(redis, TINY)) {
            // When
            long published = side.publish(Duration.ofMillis(300)).published();

            // Then
            assertThat(published).isPositive();
            assertThat(side.stored()).isEqualTo(published);
            assertThat(redis.redis().execute("XLEN", redis.keys().stream(ServedSide.CHANNEL)))
                    .isEqualTo(Math.min(published, BareCallers.HISTORY));
            assertThat(side.residentBytes()).isPositive();
        }
    }

    @Test
    void tinyRun_reportsTheBareClassAndWhoIsAway() {
        // Given
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench http", Machine.here());

        // When
        HttpReport report = HttpBenchmark.compare(TINY, subject, silent);

        // Then
        assertThat(report.rounds()).hasSize(TINY.rounds());
        assertThat(report.markdown()).contains("| " + BareSide.TITLE + " | ", "our publisher, native | absent: ");
    }

    @Test
    void sideThatStoresLessThanItClaims_failsTheRun() {
        assertThatThrownBy(() -> Comparison.requireStored("a cheat", 3, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a cheat");
    }
}
