package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import java.time.Duration;
import org.jboss.logging.Logger;

/// What operators read about one link: a line when it is lost, a line when it delivers again, and little
/// in between. Confined to the link's loop.
final class LinkLog {

    private static final Logger LOG = Logger.getLogger(FeedLink.class);

    private final String id;
    private final FeedLoop loop;
    private final RateLimitedLog losses = new RateLimitedLog(LOG);
    private final RateLimitedLog failures = new RateLimitedLog(LOG);
    private long lostNanos;
    private boolean isLost;
    private int channels;

    LinkLog(String id, FeedLoop loop) {
        this.id = id;
        this.loop = loop;
    }

    void lost(RedisEndpoint endpoint, LossReason reason, String detail) {
        if (!isLost) {
            isLost = true;
            lostNanos = loop.nanoTime();
        }
        losses.warn(() -> "feed lost: source=" + endpoint + " connectionId=" + id + " code=" + reason.slug() + " error="
                + detail);
    }

    void connectFailed(String why) {
        failures.warn(() -> "feed cannot connect, will try again: connectionId=" + id + " error=" + why);
    }

    void resubscribed(int count, Duration took) {
        channels = count;
        LOG.debugf("feed subscribed: connectionId=%s channels=%d durationMillis=%d", id, count, took.toMillis());
    }

    void live(RedisEndpoint endpoint) {
        String outage = isLost
                ? " after an outage of durationMillis="
                        + Duration.ofNanos(loop.nanoTime() - lostNanos).toMillis()
                : "";
        isLost = false;
        LOG.infof("feed live: source=%s connectionId=%s channels=%d%s", endpoint, id, channels, outage);
    }
}
