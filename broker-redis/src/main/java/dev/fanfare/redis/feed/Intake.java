package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The way from a connection to the listener, which nothing that comes in can break.
///
/// Called on the event loops of the connections.
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final FeedMetrics metrics;
    private final RateLimitedLog warnings = new RateLimitedLog(LOG);
    private volatile @Nullable FeedListener listener;

    Intake(FeedMetrics metrics) {
        this.metrics = metrics;
    }

    /// From now on everything goes to `newListener`.
    void deliverTo(FeedListener newListener) {
        listener = newListener;
    }

    /// A message under the name that only `publish.lua` publishes to.
    void onAnnouncement(Channel channel, byte[] bytes) {
        metrics.received(bytes.length);
        Publication publication = Announcement.parse(bytes);
        if (publication == null) {
            onMalformed(channel, bytes.length);
        } else {
            call(channel, to -> to.onPublication(channel, publication));
        }
    }

    /// A message under the channel's own name.
    void onPlain(Channel channel, byte[] bytes) {
        metrics.received(bytes.length);
        String text = new String(bytes, UTF_8);
        call(channel, to -> to.onPlainMessage(channel, text));
    }

    /// A message that cannot be delivered because it is not ours or too large.
    void onMalformed(Channel channel, long bytes) {
        metrics.malformed();
        warnings.warn(() -> "dropped what is no announcement: channel=" + channel + " bytes=" + bytes);
    }

    void onLost(Channel channel) {
        call(channel, to -> to.onLost(channel));
    }

    void onRegained(Channel channel) {
        call(channel, to -> to.onRegained(channel));
    }

    private void call(Channel channel, Consumer<FeedListener> event) {
        FeedListener to = listener;
        if (to == null) {
            return;
        }
        try {
            event.accept(to);
        } catch (RuntimeException e) {
            // One bad message must not cost all channels their connection.
            metrics.listenerFailed();
            warnings.warn(() -> "listener failed: channel=" + channel + " error=" + e);
            LOG.debug("listener failed", e);
        }
    }
}
