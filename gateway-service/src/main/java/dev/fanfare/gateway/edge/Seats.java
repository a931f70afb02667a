package dev.fanfare.gateway.edge;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicInteger;

/// The places for connections. A place is taken before the upgrade is answered and free again when the TCP
/// connection has ended, so a burst of handshakes cannot pass the limit while none of them is open yet.
/// Any thread.
final class Seats {

    private static final AttributeKey<Boolean> HAS_SEAT = AttributeKey.valueOf("fanfare.seat");

    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    Seats(int limit) {
        this.limit = limit;
    }

    boolean areTaken() {
        return taken.get() >= limit;
    }

    /// Gives `channel` a place until it is closed, unless none is left. It has one at most, however often it
    /// asks for an upgrade.
    boolean take(Channel channel) {
        if (channel.hasAttr(HAS_SEAT)) {
            return true;
        }
        if (taken.getAndUpdate(before -> Math.min(limit, before + 1)) == limit) {
            return false;
        }
        channel.attr(HAS_SEAT).set(true);
        channel.closeFuture().addListener(_ -> taken.decrementAndGet());
        return true;
    }
}
