package dev.fanfare.redis.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of one slot that are not on their way, in order, and a count of those that are.
/// Confined to the event loop.
///
/// After a setback nothing more of the slot is sent until everything that is on its way has come back;
/// then those that were set back go first.
final class SlotQueue {

    private final Deque<PendingCommand> queue = new ArrayDeque<>();
    private final List<PendingCommand> setBack = new ArrayList<>();
    private int onTheWay;
    private @Nullable String node;

    /// No command may leave before this, by `System.nanoTime`; 0 for at once.
    private long notBeforeNanos;

    /// No command may leave with a slot table older than this.
    private int tableVersion;

    void add(PendingCommand command) {
        queue.add(command);
    }

    /// The next command that may leave if a node can be found for it, or null.
    @Nullable
    PendingCommand next(long nowNanos) {
        if (!setBack.isEmpty() || isPaused(nowNanos)) {
            return null;
        }
        PendingCommand first = queue.peek();
        while (first != null && first.answer.isDone()) {
            queue.remove();
            first = queue.peek();
        }
        return first;
    }

    boolean isPaused(long nowNanos) {
        return notBeforeNanos != 0 && nowNanos - notBeforeNanos < 0;
    }

    int tableVersion() {
        return tableVersion;
    }

    /// Takes the next command out to send it to `target`; false when commands are still on their way
    /// to another node, which it must not overtake.
    boolean leave(String target) {
        if (onTheWay > 0 && !target.equals(node)) {
            return false;
        }
        queue.remove();
        node = target;
        onTheWay++;
        return true;
    }

    void arrived() {
        onTheWay--;
        requeue();
    }

    /// `command` must be sent again, with a table of at least `version`, not before `notBefore`.
    void cameBack(PendingCommand command, long notBefore, int version) {
        onTheWay--;
        setBack.add(command);
        notBeforeNanos = notBefore;
        tableVersion = Math.max(tableVersion, version);
        requeue();
    }

    void pauseUntil(long nanos) {
        notBeforeNanos = nanos;
    }

    private void requeue() {
        if (onTheWay == 0 && !setBack.isEmpty()) {
            for (PendingCommand command : setBack.reversed()) {
                queue.addFirst(command);
            }
            setBack.clear();
        }
    }

    boolean isEmpty() {
        return queue.isEmpty() && setBack.isEmpty() && onTheWay == 0;
    }

    void expire(long nowNanos) {
        queue.forEach(command -> expire(command, nowNanos));
        setBack.forEach(command -> expire(command, nowNanos));
    }

    private static void expire(PendingCommand command, long nowNanos) {
        if (command.isExpired(nowNanos)) {
            command.fail("Redis could not be reached in time", command.lastFailure);
        }
    }

    void failAll(String detail) {
        queue.forEach(command -> command.fail(detail, null));
        setBack.forEach(command -> command.fail(detail, null));
    }
}
