package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.recovery.Channels;
import org.jboss.logging.Logger;

/// Tells clients once when Redis is away, and once when it is back and nothing is missing any more.
///
/// Called by one thread at a time.
final class FeedWatch {

    private static final Logger LOG = Logger.getLogger(FeedWatch.class);

    /// A feed that has never been live is only starting, for so many looks.
    static final int LOOKS_OF_A_START = 40;

    private final ChannelFeed feed;
    private final Channels channels;
    private final Connections connections;
    private boolean isDegraded;
    private boolean hasBeenLive;
    private int looks;

    FeedWatch(ChannelFeed feed, Channels channels, Connections connections) {
        this.feed = feed;
        this.channels = channels;
        this.connections = connections;
    }

    /// Looks once.
    void look() {
        boolean isLive = feed.isLive();
        hasBeenLive |= isLive;
        looks++;
        if (!isDegraded && !isLive && (hasBeenLive || looks > LOOKS_OF_A_START)) {
            isDegraded = true;
            LOG.warnf("degraded connections=%d", connections.count());
            connections.degraded();
        } else if (isDegraded && isLive && channels.areLive()) {
            isDegraded = false;
            LOG.infof("restored connections=%d", connections.count());
            connections.restored();
        }
    }
}
