package dev.fanfare.publisher.publish;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/// How long publishes take, how they end and how large they are.
///
/// Relation: the counts of `fanfare.publisher.publish.duration` over all outcomes add up to the
/// admissions with outcome `admitted`, less those that are in flight.
@Singleton
public final class PublishMetrics {

    private static final String DURATION = "fanfare.publisher.publish.duration";

    private final MeterRegistry registry;
    private final Timer stored;
    private final Timer duplicate;
    private final Timer failed;
    private final DistributionSummary messageBytes;

    public PublishMetrics(MeterRegistry registry) {
        this.registry = registry;
        stored = duration("stored");
        duplicate = duration("duplicate");
        failed = duration("failed");
        messageBytes = DistributionSummary.builder("fanfare.publisher.message.bytes")
                .description("size of the data of messages given to the broker")
                .baseUnit("bytes")
                .register(registry);
    }

    private Timer duration(String outcome) {
        return Timer.builder(DURATION)
                .description("from handing a message to the broker until its answer")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// A message with `dataBytes` bytes of data is handed to the broker.
    Attempt started(int dataBytes) {
        messageBytes.record(dataBytes);
        return new Attempt(Timer.start(registry));
    }

    /// One publish that the broker has not answered yet.
    final class Attempt {
        private final Timer.Sample sample;

        private Attempt(Timer.Sample sample) {
            this.sample = sample;
        }

        void stored(boolean wasDuplicate) {
            sample.stop(wasDuplicate ? duplicate : stored);
        }

        void failed() {
            sample.stop(failed);
        }
    }
}
