package dev.fanfare.redis.feed;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A loop on which time passes only when the test says so.
final class VirtualLoop implements FeedLoop {

    private record Task(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private long now = 1;
    private long order;

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(now, order++, task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        var task = new Task(now + delay.toNanos(), order++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /// Runs what is due now.
    void settle() {
        pass(Duration.ZERO);
    }

    /// Lets time pass, and everything happen that is due meanwhile.
    void pass(Duration time) {
        long until = now + time.toNanos();
        for (Task next = tasks.peek(); next != null && next.atNanos() <= until; next = tasks.peek()) {
            tasks.remove();
            now = Math.max(now, next.atNanos());
            next.action().run();
        }
        now = until;
    }

    /// Lets time pass while nothing runs, as when the process is stopped.
    void freeze(Duration time) {
        now += time.toNanos();
    }
}
