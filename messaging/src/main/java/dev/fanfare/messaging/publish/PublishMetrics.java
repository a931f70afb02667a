package dev.fanfare.messaging.publish;

import dev.fanfare.contract.broker.PublishOutcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long publishes take, how they end and how large they are.
///
/// Relation: the counts of `fanfare.publish.duration` over all outcomes add up to the
/// admissions with outcome `admitted`, less those that are in flight. Messages of a batch that are handed to the
/// broker again, because one beside them had the id of another message, count each time.
@Singleton
@Startup
public final class PublishMetrics {

    private static final String DURATION = "fanfare.publish.duration";

    /// Buckets: a healthy Redis is below the first, and after the last a publisher gets 503.
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final MeterRegistry registry;
    private final Timer stored;
    private final Timer duplicate;
    private final Timer idTaken;
    private final Timer failed;
    private final DistributionSummary messageBytes;

    public PublishMetrics(MeterRegistry registry) {
        this.registry = registry;
        stored = duration("stored");
        duplicate = duration("duplicate");
        idTaken = duration("id-taken");
        failed = duration("failed");
        messageBytes = DistributionSummary.builder("fanfare.publish.message.bytes")
                .description("size of the data of messages given to the broker")
                .baseUnit("bytes")
                .register(registry);
    }

    private Timer duration(String outcome) {
        return Timer.builder(DURATION)
                .description("from handing a message to the broker until its answer, for each message")
                .tag("outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /// `drafts` are handed to the broker by one call.
    Attempt started(List<Draft> drafts) {
        drafts.forEach(draft -> messageBytes.record(draft.dataBytes()));
        return new Attempt(drafts.size());
    }

    /// One call that the broker has not answered yet. Each of its messages counts.
    final class Attempt {
        private final int messages;
        private final long startedAt = registry.config().clock().monotonicTime();

        private Attempt(int messages) {
            this.messages = messages;
        }

        void stored(List<PublishOutcome.Stored> outcomes) {
            long taken = taken();
            outcomes.forEach(each -> (each.duplicate() ? duplicate : stored).record(taken, TimeUnit.NANOSECONDS));
        }

        /// None is stored, because at least one has the id of another message.
        void idsTaken() {
            recordEach(idTaken);
        }

        void failed() {
            recordEach(failed);
        }

        private void recordEach(Timer outcome) {
            long taken = taken();
            for (int i = 0; i < messages; i++) {
                outcome.record(taken, TimeUnit.NANOSECONDS);
            }
        }

        private long taken() {
            return registry.config().clock().monotonicTime() - startedAt;
        }
    }
}
