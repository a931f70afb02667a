package dev.fanfare.redis.feed;

import java.time.Duration;

/// The one thread of a connection and its clock.
interface FeedLoop {

    /// Something that will run unless it is cancelled before.
    @FunctionalInterface
    interface Timer {
        void cancel();
    }

    /// Runs `task` on the loop, after everything that was handed to it before. Called from any thread;
    /// never runs the task at once.
    void execute(Runnable task);

    /// Runs `task` on the loop after `delay`. Called on the loop.
    Timer schedule(Duration delay, Runnable task);

    /// A clock for differences, in nanoseconds.
    long nanoTime();
}
