package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.telemetry.publish.Bookmark;
import dev.fanfare.telemetry.publish.ChangeFilter;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.EventSource;
import dev.fanfare.telemetry.source.EventStream;
import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.StreamOutcome;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The loop of a source that sends events: publishes each of them in order, while the tenure lasts.
///
/// Straight-line code on one virtual thread at a time. The next event is read when the one before is
/// stored, so a Redis that is slow slows the source down and nothing piles up here.
public final class Follower implements SourceLoop {

    /*
     * What is not lost
     * ----------------
     * An event is not given up for a newer one, as a sample of a poll is: it is published again, with
     * the same id, until it is stored or the tenure ends. The id of the newest event stands in the id
     * of each message, so the channel itself tells the next leader where to go on, whatever became of
     * the one before. Whether nothing is missing in between is up to the server, which must know
     * `Last-Event-ID`.
     *
     * When to connect again
     * ---------------------
     * Not before the time that the server asked for with `retry`, if it did, and not before the
     * back-off, which grows while connections bring no event and end early.
     */

    /// What one turn may take beyond the timeouts before the loop counts as stuck.
    private static final Duration HEARTBEAT_SLACK = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Follower.class);

    private final SourceSettings settings;
    private final Duration longestTurn;
    private final EventSource source;
    private final Bookmark bookmark;
    private final SamplePublisher publisher;
    private final PollMetrics metrics;
    private final Ticker ticker;
    private final Heartbeat heartbeat;
    private final Attempts attempts;
    private final Backoff backoff;

    private int failures;
    private boolean isConnected;
    private long connectedAt;
    private @Nullable FetchFailure lastFailure;

    /// @param idleTimeout longest silence of the stream
    /// @param bookmark where the next tenure goes on
    public Follower(
            SourceSettings settings,
            Duration idleTimeout,
            EventSource source,
            Bookmark bookmark,
            SamplePublisher publisher,
            PollMetrics metrics,
            Ticker ticker) {
        this.settings = settings;
        this.longestTurn = settings.timeout().plus(idleTimeout).plus(HEARTBEAT_SLACK);
        this.source = source;
        this.bookmark = bookmark;
        this.publisher = publisher;
        this.metrics = metrics;
        this.ticker = ticker;
        this.heartbeat = new Heartbeat(ticker);
        this.attempts = new Attempts(settings.name(), publisher, metrics, ticker);
        this.backoff = new Backoff(settings.interval(), settings.maxBackoff(), new SplittableRandom());
    }

    @Override
    public SourceSettings settings() {
        return settings;
    }

    @Override
    public boolean isStuck() {
        return heartbeat.isOverdue();
    }

    @Override
    public void run(Tenure tenure) {
        metrics.polling(true);
        heartbeat.beat(longestTurn);
        try (EventStream stream = source.open(bookmark.read().orElse(null))) {
            var changes = new ChangeFilter(settings.publish());
            while (tenure.isHeld()) {
                heartbeat.beat(longestTurn);
                take(stream.next(), changes, tenure);
            }
        } catch (InterruptedException _) {
            tenure.end();
        } catch (RuntimeException e) {
            // The leadership is given up with the tenure, and competed for anew after a pause.
            LOG.errorf(e, "following a stream failed unexpectedly source=%s", settings.name());
            tenure.end();
        } finally {
            metrics.polling(false);
            heartbeat.rest();
        }
    }

    private void take(StreamOutcome outcome, ChangeFilter changes, Tenure tenure) throws InterruptedException {
        switch (outcome) {
            case StreamOutcome.Connected _ -> onConnected();
            case StreamOutcome.Alive _ -> {}
            case StreamOutcome.Received event -> onEvent(event, changes, tenure);
            case StreamOutcome.Skipped(Failed failed) -> onSkipped(failed);
            case StreamOutcome.Lost lost -> onLost(lost);
        }
    }

    private void onConnected() {
        isConnected = true;
        connectedAt = ticker.nanos();
    }

    private void onEvent(StreamOutcome.Received event, ChangeFilter changes, Tenure tenure)
            throws InterruptedException {
        metrics.polled(new Fetched(event.sample()), 0);
        if (lastFailure != null) {
            LOG.infof("source answers again source=%s failures=%d", settings.name(), failures);
        }
        failures = 0;
        lastFailure = null;
        if (!changes.passes(event.sample())) {
            metrics.unchanged();
            return;
        }
        heartbeat.beat(longestTurn);
        Message message = publisher.toMessage(event, tenure.fence());
        if (attempts.publish(message, tenure, this::isPatient) instanceof PollOutcome.Published) {
            metrics.published();
            changes.holds(event.sample());
        } else {
            tenure.end();
        }
    }

    /// For as long as the tenure lasts.
    private boolean isPatient(int attempt, FanfareException failure) {
        metrics.publishFailed();
        if (attempt == 1) {
            LOG.warnf("events cannot be published source=%s error=%s", settings.name(), failure.getMessage());
        }
        heartbeat.beat(longestTurn);
        return true;
    }

    private void onSkipped(Failed failed) {
        metrics.polled(failed, 0);
        logChange(failed);
    }

    private void onLost(StreamOutcome.Lost lost) throws InterruptedException {
        metrics.polled(lost.failed(), 0);
        boolean hasLasted = isConnected
                && ticker.nanos() - connectedAt >= settings.maxBackoff().toNanos();
        isConnected = false;
        failures = hasLasted ? 1 : failures + 1;
        // A server that ends its answers now and then is as it should be.
        if (lost.failed().failure() != FetchFailure.ENDED || failures > 1) {
            logChange(lost.failed());
        }
        Duration pause = pauseAfter(lost);
        heartbeat.beat(longestTurn.plus(pause));
        ticker.sleepUntil(ticker.nanos() + pause.toNanos());
    }

    /// The server's wish counts up to the longest pause that is configured.
    private Duration pauseAfter(StreamOutcome.Lost lost) {
        Duration own = backoff.after(failures);
        Duration wish = lost.retry();
        if (wish == null || wish.compareTo(own) <= 0) {
            return own;
        }
        return wish.compareTo(settings.maxBackoff()) < 0 ? wish : settings.maxBackoff();
    }

    private void logChange(Failed failed) {
        if (failed.failure() != lastFailure) {
            LOG.warnf(
                    "source fails source=%s code=%s error=%s",
                    settings.name(), failed.failure().slug(), failed.detail());
        }
        lastFailure = failed.failure();
    }
}
