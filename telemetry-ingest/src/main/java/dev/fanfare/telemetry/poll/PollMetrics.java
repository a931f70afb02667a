package dev.fanfare.telemetry.poll;

import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// The meters of one source's polling. All of them exist, at zero, from the start.
public final class PollMetrics {

    private static final String FETCHED = "fetched";
    private static final String UNCHANGED = "unchanged";
    private static final double NANOS_PER_SECOND = 1e9;

    private final Ticker ticker;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer duration;
    private final Timer publishDuration;
    private final Counter published;
    private final Counter publishFailed;
    private final Counter heldBack;
    private volatile long freshAt;
    private volatile boolean isPolling;
    private volatile boolean isSimulating;

    public PollMetrics(String source, MeterRegistry registry, Ticker ticker) {
        this.ticker = ticker;
        this.registry = registry;
        this.tags = Tags.of("source", source);
        polls(FETCHED);
        polls(UNCHANGED);
        for (FetchFailure failure : FetchFailure.values()) {
            polls(failure.slug());
        }
        duration = registry.timer("fanfare.telemetry.poll.duration", tags);
        publishDuration = Timer.builder("fanfare.telemetry.publish.duration")
                .description("until Redis has answered a publish")
                .tags(tags)
                .register(registry);
        published = registry.counter("fanfare.telemetry.published", tags.and("outcome", "stored"));
        publishFailed = registry.counter("fanfare.telemetry.published", tags.and("outcome", "failed"));
        heldBack = registry.counter("fanfare.telemetry.published", tags.and("outcome", "unchanged"));
        Gauge.builder("fanfare.telemetry.sample.age", this, PollMetrics::sampleAgeSeconds)
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        Gauge.builder("fanfare.telemetry.simulated", this, metrics -> metrics.isSimulating ? 1 : 0)
                .tags(tags)
                .register(registry);
    }

    /// The polling began or ended with this instance's leadership.
    void polling(boolean isOn) {
        freshAt = ticker.nanos();
        isPolling = isOn;
    }

    /// The real source was asked.
    void polled(FetchOutcome outcome, long nanos) {
        duration.record(Duration.ofNanos(nanos));
        switch (outcome) {
            case FetchOutcome.Fetched _ -> polls(FETCHED).increment();
            case FetchOutcome.Unchanged _ -> polls(UNCHANGED).increment();
            case FetchOutcome.Failed f -> polls(f.failure().slug()).increment();
        }
    }

    private Counter polls(String outcome) {
        return registry.counter("fanfare.telemetry.polls", tags.and("outcome", outcome));
    }

    /// Redis answered a publish, whatever it said.
    void answered(long nanos) {
        publishDuration.record(Duration.ofNanos(nanos));
    }

    /// The model took over from the source, or gave way to it.
    void simulating(boolean isOn) {
        isSimulating = isOn;
    }

    void published() {
        freshAt = ticker.nanos();
        published.increment();
    }

    /// What the channel holds is still what the source says.
    void unchanged() {
        freshAt = ticker.nanos();
        heldBack.increment();
    }

    void publishFailed() {
        publishFailed.increment();
    }

    /// Since a sample was published or found unchanged, or polling began; not a number while another instance polls.
    private double sampleAgeSeconds() {
        return isPolling ? (ticker.nanos() - freshAt) / NANOS_PER_SECOND : Double.NaN;
    }
}
