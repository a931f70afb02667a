package dev.fanfare.contract.broker;

import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.util.ArrayList;
import java.util.List;

/// The answer to the request of a page.
public sealed interface HistoryPage {

    /// Some of the publications of the part, one right next to the other, in its direction.
    ///
    /// | component      | meaning                                                               |
    /// |----------------|-----------------------------------------------------------------------|
    /// | `top`          | the end of the stream at the time of the read                         |
    /// | `publications` | from the beginning of the part; none when nothing of it is kept       |
    /// | `isEnd`        | whether the part ends with them                                       |
    record Found(Tip top, List<Publication> publications, boolean isEnd) implements HistoryPage {
        public Found {
            publications = List.copyOf(publications);
        }
    }

    /// A position of the request is of another epoch or in the future, or what comes after `after` is not
    /// kept any more.
    record Unreadable(Tip top, Reason reason) implements HistoryPage {}

    /// Nobody has published to the channel or subscribed to it, for as long as Redis remembers.
    record Unknown() implements HistoryPage {}

    /// The answer of a broker that has read `entries` for `request`.
    ///
    /// @param oldest offset of the oldest publication that is kept, one more than that of `top` if none is
    /// @param entries publications of the part from its beginning in its direction, not necessarily all
    static HistoryPage of(PageRequest request, Tip top, long oldest, List<Publication> entries) {
        StreamPosition end = top.position();
        return request.refusal(end, oldest)
                .<HistoryPage>map(reason -> new Unreadable(top, reason))
                .orElseGet(() -> found(request, top, oldest, entries));
    }

    private static HistoryPage found(PageRequest request, Tip top, long oldest, List<Publication> entries) {
        long first = request.firstOffset(oldest);
        long last = request.lastOffset(top.position());
        long step = request.isOldestFirst() ? 1 : -1;
        long next = request.isOldestFirst() ? first : last;
        List<Publication> neighbours = new ArrayList<>(entries.size());
        for (Publication entry : entries) {
            // A rule that kept nothing for a while leaves a hole.
            if (entry.position().offset() != next) {
                break;
            }
            neighbours.add(entry);
            next += step;
        }
        if (neighbours.isEmpty()) {
            return first <= last && request.isOldestFirst() && !entries.isEmpty()
                    ? new Unreadable(top, Reason.TOO_OLD)
                    : new Found(top, List.of(), true);
        }
        boolean isHole = neighbours.size() < entries.size();
        boolean isEnd = request.isOldestFirst() ? next > last : next < first || isHole;
        return new Found(top, neighbours, isEnd);
    }
}
