package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.Tip;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest messages of one channel without a hole, ending with the last one that was served; bounded
/// in bytes by forgetting the oldest.
///
/// It exists so that a thousand clients that come back at once cost Redis one read. It knows
/// messages from [#after] on, exclusive.
final class RecentMessages {

    private final int maxBytes;
    private final Deque<Publication> messages = new ArrayDeque<>();
    private Tip before;
    private int bytes;

    /// @param before what stands before the first message that will be added
    RecentMessages(Tip before, int maxBytes) {
        this.before = before;
        this.maxBytes = maxBytes;
    }

    /// Everything after this offset is known.
    long after() {
        return before.position().offset();
    }

    /// Adds the message that was served just now.
    void append(Publication publication) {
        messages.addLast(publication);
        bytes += sizeOf(publication);
        while (bytes > maxBytes) {
            Publication oldest = messages.removeFirst();
            bytes -= sizeOf(oldest);
            before = oldest.tip();
        }
    }

    /// Adds what lies before, oldest first and ending right here; what does not lead to here is left out.
    void prepend(List<Publication> older) {
        for (Publication publication : older.reversed()) {
            if (!publication.tip().equals(before) || bytes + sizeOf(publication) > maxBytes) {
                return;
            }
            messages.addFirst(publication);
            bytes += sizeOf(publication);
            before = publication.previousTip();
        }
    }

    /// Whether the message at `offset` has this id; true for a null id, which claims nothing, and for
    /// offset 0, where there is no message.
    boolean holds(long offset, @Nullable String id) {
        return id == null
                || offset == 0
                || messages.stream()
                        .filter(publication -> publication.position().offset() == offset)
                        .anyMatch(publication -> publication.message().id().equals(id));
    }

    /// The messages after `offset`, which is not before [#after].
    List<Publication> since(long offset) {
        return messages.stream()
                .filter(publication -> publication.position().offset() > offset)
                .toList();
    }

    /// The known messages that were accepted at `time` or later.
    List<Publication> since(Instant time) {
        return messages.stream()
                .filter(publication -> !publication.message().timestamp().isBefore(time))
                .toList();
    }

    private static int sizeOf(Publication publication) {
        return publication.message().utf8().length;
    }
}
