package dev.fanfare.messaging.read;

import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which messages of a channel a caller wants, in pages.
///
/// | component     | unit and range                                                                  |
/// |---------------|---------------------------------------------------------------------------------|
/// | `direction`   | which end comes first                                                           |
/// | `after`       | as in [PageRequest]                                                             |
/// | `upTo`        | as in [PageRequest]                                                             |
/// | `startMillis` | oldest `timestamp`, milliseconds since 1970, or `Long.MIN_VALUE` for any          |
/// | `endMillis`   | newest `timestamp`, milliseconds since 1970, or `Long.MAX_VALUE` for any          |
/// | `limit`       | most messages of a page, 1 to 1000                                              |
public record HistoryQuery(
        Channel channel,
        Direction direction,
        @Nullable StreamPosition after,
        @Nullable StreamPosition upTo,
        long startMillis,
        long endMillis,
        int limit) {

    /// What bounds of this exclude each other, in words for the caller; empty when none do. Only a query of which
    /// that is empty may be read.
    public Optional<String> contradiction() {
        if (after != null && upTo != null && !after.isSameEpochAs(upTo)) {
            return Optional.of("\"from\" and \"to\" are of different epochs");
        }
        if (after != null && upTo != null && after.offset() > upTo.offset()) {
            return Optional.of("\"from\" comes after \"to\"");
        }
        return startMillis > endMillis ? Optional.of("\"start\" comes after \"end\"") : Optional.empty();
    }

    private boolean isTimed() {
        return startMillis != Long.MIN_VALUE || endMillis != Long.MAX_VALUE;
    }

    /// What to ask the broker for. Times are in the messages, where only we can read them, so then more are
    /// asked for than are wanted.
    PageRequest toRequest(int maxBytes) {
        return new PageRequest(direction, after, upTo, isTimed() ? PageRequest.MAX_LIMIT : limit, maxBytes);
    }

    boolean isWanted(StoredMessage message) {
        if (!isTimed()) {
            return true;
        }
        long millis = message.timestamp().toEpochMilli();
        return millis >= startMillis && millis <= endMillis;
    }

    /// What is left of this when everything up to what stands at `last` was read.
    ///
    /// @param top where the stream ended then: what comes after that is not part of these pages
    HistoryQuery behind(StreamPosition last, StreamPosition top) {
        return direction == Direction.OLDEST_FIRST
                ? between(last, upTo == null ? top : upTo)
                : between(after, new StreamPosition(last.epoch(), last.offset() - 1));
    }

    private HistoryQuery between(@Nullable StreamPosition from, StreamPosition to) {
        return new HistoryQuery(channel, direction, from, to, startMillis, endMillis, limit);
    }
}
