package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.message.Message;
import dev.fanfare.telemetry.poll.PollOutcome.NoSample;
import dev.fanfare.telemetry.poll.PollOutcome.Published;
import dev.fanfare.telemetry.poll.PollOutcome.TenureOver;
import dev.fanfare.telemetry.poll.PollOutcome.Unchanged;
import dev.fanfare.telemetry.poll.PollOutcome.Unpublished;
import dev.fanfare.telemetry.publish.ChangeFilter;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.FetchOutcome;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.TelemetrySource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The loop of one source: at every tick take a sample and publish it, while the tenure lasts.
///
/// Straight-line code on one virtual thread at a time. A slow answer delays the loop and never piles
/// anything up: the ticks that it covers are skipped.
public final class Poller implements SourceLoop {

    /// Attempts at one sample before it is given up for a newer one.
    static final int PUBLISH_ATTEMPTS = 3;

    /// What a turn of the loop may take beyond pause and timeout before it counts as stuck: all
    /// attempts to publish at 5 s each, and a long garbage collection.
    private static final Duration HEARTBEAT_SLACK = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Poller.class);

    private final SourceSettings settings;
    private final Supplier<Intake> intakes;
    private final SamplePublisher publisher;
    private final PollMetrics metrics;
    private final Ticker ticker;
    private final Heartbeat heartbeat;
    private final Attempts attempts;
    private boolean isPublishing = true;

    /// @param intakes makes the intake of each tenure
    Poller(
            SourceSettings settings,
            Supplier<Intake> intakes,
            SamplePublisher publisher,
            PollMetrics metrics,
            Ticker ticker) {
        this.settings = settings;
        this.intakes = intakes;
        this.publisher = publisher;
        this.metrics = metrics;
        this.ticker = ticker;
        this.heartbeat = new Heartbeat(ticker);
        this.attempts = new Attempts(settings.name(), publisher, metrics, ticker);
    }

    /// The loop of a real source and of the model that may stand in for it, or null when nothing does.
    public static Poller of(
            SourceSettings settings,
            TelemetrySource real,
            @Nullable TelemetrySource model,
            SamplePublisher publisher,
            PollMetrics metrics,
            Ticker ticker) {
        String name = settings.name();
        Supplier<Intake> intakes = () -> {
            var backoff = new Backoff(settings.interval(), settings.maxBackoff(), new SplittableRandom());
            var guarded = new GuardedSource(name, real, backoff, metrics, ticker);
            Executor probes = probe -> Thread.ofVirtual().name("probe-" + name).start(probe);
            return new Intake(name, guarded, model, settings.modelAfter(), probes, metrics);
        };
        return new Poller(settings, intakes, publisher, metrics, ticker);
    }

    @Override
    public SourceSettings settings() {
        return settings;
    }

    @Override
    public boolean isStuck() {
        return heartbeat.isOverdue();
    }

    /// Polls the first time at once.
    @Override
    public void run(Tenure tenure) {
        metrics.polling(true);
        try (Intake intake = intakes.get()) {
            var changes = new ChangeFilter(settings.publish());
            var schedule = new PollSchedule(ticker.nanos(), settings.interval());
            while (tenure.isHeld()) {
                expectNextTick(settings.timeout());
                poll(intake, changes, tenure);
                long next = schedule.next(ticker.nanos());
                expectNextTick(Duration.ofNanos(next - ticker.nanos()).plus(settings.timeout()));
                ticker.sleepUntil(next);
            }
        } catch (InterruptedException _) {
            tenure.end();
        } finally {
            metrics.polling(false);
            heartbeat.rest();
        }
    }

    private void expectNextTick(Duration within) {
        heartbeat.beat(within.plus(HEARTBEAT_SLACK));
    }

    private void poll(Intake intake, ChangeFilter changes, Tenure tenure) throws InterruptedException {
        try {
            switch (takeAndPublish(intake, changes, tenure)) {
                case Published _ -> onPublished();
                case Unchanged _ -> metrics.unchanged();
                case Unpublished(Exception cause) -> onUnpublished(cause);
                case TenureOver _ -> tenure.end();
                case NoSample _ -> {}
            }
        } catch (RuntimeException e) {
            // The loop must not die of one sample.
            LOG.errorf(e, "a poll failed unexpectedly source=%s", settings.name());
            metrics.publishFailed();
        }
    }

    /// One tick without its consequences.
    private PollOutcome takeAndPublish(Intake intake, ChangeFilter changes, Tenure tenure) throws InterruptedException {
        return switch (intake.next(changes.newest())) {
            case FetchOutcome.Fetched(Sample sample) -> publishNews(sample, changes, tenure);
            case FetchOutcome.Unchanged _ -> new Unchanged();
            case FetchOutcome.Failed _ -> new NoSample();
            case null -> new NoSample();
        };
    }

    private PollOutcome publishNews(Sample sample, ChangeFilter changes, Tenure tenure) throws InterruptedException {
        if (!changes.passes(sample)) {
            changes.holds(sample);
            return new Unchanged();
        }
        // Until the answer is there nobody knows what is in the channel.
        changes.forget();
        Message message = publisher.toMessage(sample, tenure.fence());
        PollOutcome outcome = attempts.publish(message, tenure, (attempt, _) -> attempt < PUBLISH_ATTEMPTS);
        if (outcome instanceof Published) {
            changes.holds(sample);
        }
        return outcome;
    }

    private void onPublished() {
        metrics.published();
        if (!isPublishing) {
            LOG.infof("samples are published again source=%s", settings.name());
        }
        isPublishing = true;
    }

    private void onUnpublished(Exception cause) {
        metrics.publishFailed();
        if (isPublishing) {
            LOG.warnf("samples cannot be published source=%s error=%s", settings.name(), cause.getMessage());
        }
        isPublishing = false;
    }
}
