package dev.fanfare.contract.broker;

import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.message.StreamPosition;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which part of a channel's past to read, in pages.
///
/// | component   | unit and range                                                                    |
/// |-------------|-----------------------------------------------------------------------------------|
/// | `direction` | which end of the part comes first                                                 |
/// | `after`     | the part begins after this position, or null for the oldest that is kept          |
/// | `upTo`      | the part ends with what stands at this position, or null for the newest           |
/// | `limit`     | most publications of the page, 1 to 1000                                          |
/// | `maxBytes`  | most bytes of the page's stored messages, from 1; a page has at least one message |
public record PageRequest(
        Direction direction,
        @Nullable StreamPosition after,
        @Nullable StreamPosition upTo,
        int limit,
        int maxBytes) {

    /// Most publications of one page.
    public static final int MAX_LIMIT = 1000;

    /// Publications of a page for whoever does not say how many.
    public static final int DEFAULT_LIMIT = 100;

    /// The order of the publications of all pages.
    public enum Direction {
        OLDEST_FIRST("forwards"),
        NEWEST_FIRST("backwards");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        /// How callers say it.
        public String word() {
            return word;
        }

        /// The direction that `word` means; empty for any other word.
        public static Optional<Direction> of(String word) {
            return Arrays.stream(values())
                    .filter(direction -> direction.word.equals(word))
                    .findAny();
        }
    }

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("the limit is 1 to " + MAX_LIMIT + " but is " + limit);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("a page has at least 1 byte, not " + maxBytes);
        }
        if (after != null && upTo != null && !after.isSameEpochAs(upTo)) {
            throw new IllegalArgumentException("two positions of different epochs have nothing between them");
        }
    }

    /// Whether the oldest comes first.
    public boolean isOldestFirst() {
        return direction == Direction.OLDEST_FIRST;
    }

    /// The first offset of the part, where `oldest` is that of the oldest publication that is kept.
    public long firstOffset(long oldest) {
        return after == null ? oldest : Math.max(oldest, after.offset() + 1);
    }

    /// The last offset of the part in a stream that ends at `top`.
    public long lastOffset(StreamPosition top) {
        return upTo == null ? top.offset() : upTo.offset();
    }

    /// Why the part cannot be read; empty when it can.
    ///
    /// @param oldest offset of the oldest publication that is kept, one more than that of `top` if none is
    public Optional<Reason> refusal(StreamPosition top, long oldest) {
        StreamPosition named = after == null ? upTo : after;
        if (named != null && !named.isSameEpochAs(top)) {
            return Optional.of(Reason.EPOCH_CHANGED);
        }
        if (isBeyond(after, top) || isBeyond(upTo, top)) {
            return Optional.of(Reason.OFFSET_IN_FUTURE);
        }
        boolean isMissing = after != null && after.offset() < lastOffset(top) && after.offset() + 1 < oldest;
        return isMissing ? Optional.of(Reason.TOO_OLD) : Optional.empty();
    }

    private static boolean isBeyond(@Nullable StreamPosition position, StreamPosition top) {
        return position != null && position.offset() > top.offset();
    }
}
