package dev.fanfare.telemetry.poll;

import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.FetchOutcome.Unchanged;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.TelemetrySource;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A source that is left alone for a while after failures; it counts every answer and logs every change.
///
/// At first it is due, and has neither failed nor answered.
/// Used by one thread at a time.
final class GuardedSource {

    private static final Logger LOG = Logger.getLogger(GuardedSource.class);

    private final String name;
    private final TelemetrySource source;
    private final Backoff backoff;
    private final PollMetrics metrics;
    private final Ticker ticker;

    private int failures;
    private @Nullable FetchFailure lastFailure;
    private long dueAt;
    private boolean hasAnswered;
    private long answeredAt;

    GuardedSource(String name, TelemetrySource source, Backoff backoff, PollMetrics metrics, Ticker ticker) {
        this.name = name;
        this.source = source;
        this.backoff = backoff;
        this.metrics = metrics;
        this.ticker = ticker;
        this.dueAt = ticker.nanos();
    }

    /// Whether it may be asked now.
    boolean isDue() {
        return ticker.nanos() - dueAt >= 0;
    }

    /// Whether its newest answer was a failure.
    boolean isFailing() {
        return failures > 0;
    }

    /// Whether it gave a sample, or said that it has no newer one, less than `age` ago.
    boolean hasAnsweredWithin(Duration age) {
        return hasAnswered && ticker.nanos() - answeredAt < age.toNanos();
    }

    /// Asks it. A fault of ours counts as a failure of the source, so that it cannot end the loop.
    FetchOutcome fetch(@Nullable Sample published) throws InterruptedException {
        long began = ticker.nanos();
        FetchOutcome outcome = guardedFetch(published);
        metrics.polled(outcome, ticker.nanos() - began);
        switch (outcome) {
            case Fetched _, Unchanged _ -> onAnswer();
            case Failed failed -> onFailure(failed);
        }
        return outcome;
    }

    private FetchOutcome guardedFetch(@Nullable Sample published) throws InterruptedException {
        try {
            return source.fetch(published);
        } catch (RuntimeException e) {
            LOG.errorf(e, "reading a source failed unexpectedly source=%s", name);
            return new Failed(FetchFailure.INTERNAL, e.toString());
        }
    }

    private void onAnswer() {
        if (isFailing()) {
            LOG.infof("source answers again source=%s failures=%d", name, failures);
        }
        failures = 0;
        lastFailure = null;
        hasAnswered = true;
        answeredAt = ticker.nanos();
        dueAt = answeredAt;
    }

    private void onFailure(Failed failed) {
        failures++;
        if (failed.failure() != lastFailure) {
            LOG.warnf(
                    "source fails source=%s code=%s error=%s",
                    name, failed.failure().slug(), failed.detail());
        }
        lastFailure = failed.failure();
        dueAt = ticker.nanos() + backoff.after(failures).toNanos();
    }
}
