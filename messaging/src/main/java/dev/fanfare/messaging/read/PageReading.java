package dev.fanfare.messaging.read;

import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the attempt to read a page.
public sealed interface PageReading {

    /// | component      | meaning                                                                      |
    /// |----------------|------------------------------------------------------------------------------|
    /// | `position`     | where the channel's stream ends, or null when there is none                  |
    /// | `publications` | in the order of the query; none may match although others follow             |
    /// | `next`         | the query of the next page, or null when this was the last                   |
    record Page(
            @Nullable StreamPosition position,
            List<Publication> publications,
            @Nullable HistoryQuery next) implements PageReading {
        public Page {
            publications = List.copyOf(publications);
        }
    }

    /// A position of the query is no longer, or not yet, in the stream.
    record Unreadable(Reason reason) implements PageReading {

        public ErrorCode code() {
            return switch (reason) {
                case EPOCH_CHANGED, OFFSET_IN_FUTURE -> ErrorCode.POSITION_UNKNOWN;
                case TOO_OLD, OVER_LIMIT, REWRITTEN -> ErrorCode.POSITION_TOO_OLD;
            };
        }

        /// What is wrong with the position; safe to show to the caller.
        public String detail() {
            return switch (reason) {
                case EPOCH_CHANGED -> "the channel has another epoch";
                case OFFSET_IN_FUTURE -> "nothing was published there yet";
                case TOO_OLD, OVER_LIMIT, REWRITTEN -> "the message after \"from\" is not kept any more";
            };
        }
    }
}
