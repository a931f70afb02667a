package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.telemetry.publish.SamplePublisher;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Attempts to publish one message, all with its id, so that it is stored once. Used by the loop of the source
/// alone.
final class Attempts {

    /// Pause between two attempts: what a dropped connection needs to be opened again.
    static final Duration PAUSE = Duration.ofMillis(200);

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final String source;
    private final SamplePublisher publisher;
    private final PollMetrics metrics;
    private final Ticker ticker;

    Attempts(String source, SamplePublisher publisher, PollMetrics metrics, Ticker ticker) {
        this.source = source;
        this.publisher = publisher;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /// Whether there is to be another attempt after one that failed.
    @FunctionalInterface
    interface Patience {

        /// Asked after each attempt that failed.
        ///
        /// @param attempt its number, from 1
        boolean lasts(int attempt, FanfareException failure);
    }

    /// Publishes until the message is stored, the tenure is over or `patience` is.
    ///
    /// @return [PollOutcome.Published], [PollOutcome.Unpublished] or [PollOutcome.TenureOver]
    PollOutcome publish(Message message, Tenure tenure, Patience patience) throws InterruptedException {
        for (int attempt = 1; tenure.isHeld(); attempt++) {
            try {
                return switch (attempt(message, tenure)) {
                    case PublishOutcome.Stored stored -> new PollOutcome.Published(stored);
                    case PublishOutcome.IdTaken _ -> {
                        LOG.errorf("somebody else publishes with our ids source=%s messageId=%s", source, message.id());
                        yield new PollOutcome.Unpublished(
                                new FanfareException(ErrorCode.ID_TAKEN, ErrorCode.ID_TAKEN.text()));
                    }
                    case PublishOutcome.FencedOff _ -> {
                        LOG.warnf("a newer leader has published, stepping down source=%s", source);
                        yield new PollOutcome.TenureOver();
                    }
                };
            } catch (FanfareException e) {
                if (!patience.lasts(attempt, e)) {
                    return new PollOutcome.Unpublished(e);
                }
            }
            ticker.sleepUntil(ticker.nanos() + PAUSE.toNanos());
        }
        return new PollOutcome.TenureOver();
    }

    private PublishOutcome attempt(Message message, Tenure tenure) {
        long begun = ticker.nanos();
        PublishOutcome answer = publisher.publish(message, tenure.fence());
        metrics.answered(ticker.nanos() - begun);
        return answer;
    }
}
