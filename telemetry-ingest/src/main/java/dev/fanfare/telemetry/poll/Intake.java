package dev.fanfare.telemetry.poll;

import dev.fanfare.telemetry.source.FetchOutcome;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.TelemetrySource;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Where a [Poller] gets its next sample: from the real source, or from the model that stands in for it.
///
/// Made anew for each tenure and used by the poll loop alone.
final class Intake implements AutoCloseable {

    /*
     * When the model stands in
     * ------------------------
     * Not at the first failure: the model does not know where the station is, and one lost answer would
     * make it jump over the map and back. It stands in once the newest real sample is older than
     * `after`, or when the source fails before it has given any.
     *
     * How the real source is taken back
     * ---------------------------------
     * An attempt may last as long as the source's timeout, and the model's samples must not wait for it.
     * So while the model stands in, the source is asked on a thread of its own, one attempt at a time,
     * as often as its back-off allows, and the loop looks at each tick whether it has answered.
     */

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final String name;
    private final GuardedSource real;
    private final @Nullable TelemetrySource model;
    private final Duration modelAfter;
    private final Executor probes;
    private final PollMetrics metrics;

    private boolean isSimulating;
    private @Nullable FutureTask<FetchOutcome> probe;

    /// @param model what stands in, or null when nothing does
    /// @param probes runs an attempt at the real source beside the loop
    Intake(
            String name,
            GuardedSource real,
            @Nullable TelemetrySource model,
            Duration modelAfter,
            Executor probes,
            PollMetrics metrics) {
        this.name = name;
        this.real = real;
        this.model = model;
        this.modelAfter = modelAfter;
        this.probes = probes;
        this.metrics = metrics;
    }

    /// What this tick has to tell, of the source or of the model, or null when nobody was asked.
    ///
    /// @param published what the channel holds, or null when that is not known
    @Nullable
    FetchOutcome next(@Nullable Sample published) throws InterruptedException {
        FetchOutcome outcome = isSimulating ? nextProbed(published) : nextReal(published);
        if (isAnswer(outcome)) {
            simulate(false);
            return outcome;
        }
        if (model != null && (isSimulating || mayStandIn())) {
            simulate(true);
            return model.fetch(published);
        }
        return outcome;
    }

    private static boolean isAnswer(@Nullable FetchOutcome outcome) {
        return switch (outcome) {
            case FetchOutcome.Fetched _, FetchOutcome.Unchanged _ -> true;
            case FetchOutcome.Failed _ -> false;
            case null -> false;
        };
    }

    private boolean mayStandIn() {
        return real.isFailing() && !real.hasAnsweredWithin(modelAfter);
    }

    private @Nullable FetchOutcome nextReal(@Nullable Sample published) throws InterruptedException {
        return real.isDue() ? real.fetch(published) : null;
    }

    private @Nullable FetchOutcome nextProbed(@Nullable Sample published) throws InterruptedException {
        if (probe == null && real.isDue()) {
            probe = new FutureTask<>(() -> real.fetch(published));
            probes.execute(probe);
        }
        if (probe == null || !probe.isDone()) {
            return null;
        }
        FutureTask<FetchOutcome> done = probe;
        probe = null;
        return answerOf(done);
    }

    private @Nullable FetchOutcome answerOf(FutureTask<FetchOutcome> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            LOG.errorf(e.getCause(), "probing a source failed unexpectedly source=%s", name);
            return null;
        }
    }

    private void simulate(boolean isOn) {
        if (isOn != isSimulating) {
            LOG.infof(isOn ? "a model stands in source=%s" : "the real source is back in use source=%s", name);
        }
        isSimulating = isOn;
        metrics.simulating(isOn);
    }

    /// Gives up the attempt that is under way, if any.
    @Override
    public void close() {
        if (probe != null) {
            probe.cancel(true);
        }
        metrics.simulating(false);
    }
}
