package dev.fanfare.contract.broker;

import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.Tip;
import java.util.List;
import java.util.Locale;

/// The answer to a read of everything after a position. All or nothing: never a part of it.
public sealed interface HistorySlice {

    /// The end of the stream at the time of the read.
    Tip top();

    /// Everything between the position asked for and `top`, oldest first, without a gap; empty when
    /// the caller was up to date.
    record Complete(Tip top, List<Publication> publications) implements HistorySlice {
        public Complete {
            publications = List.copyOf(publications);
        }
    }

    /// The position is of another epoch, in the future, older than what is kept, or more than `limit`
    /// publications back.
    record Unrecoverable(Tip top, Reason reason) implements HistorySlice {}

    /// Why a position cannot be continued from.
    enum Reason {
        EPOCH_CHANGED,
        OFFSET_IN_FUTURE,
        TOO_OLD,
        OVER_LIMIT,
        /// Found by the reader, not by the broker: what comes after the position does not follow what was
        /// served there, so Redis has lost and written anew, in a failover for example.
        REWRITTEN;

        /// Kebab-case name, for frames, logs and metric tags.
        public String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
