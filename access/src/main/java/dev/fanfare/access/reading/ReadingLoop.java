package dev.fanfare.access.reading;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Asks again and again, on a virtual thread of its own: for everything until that was answered and every now and then,
/// else for what has changed.
public final class ReadingLoop implements AutoCloseable {

    /// What is asked.
    @FunctionalInterface
    public interface Reader {

        /// Asks once. On the thread of the loop, which it may block.
        ///
        /// @param isFull whether everything is asked for, or what has changed
        /// @return whether there was an answer
        boolean read(boolean isFull);
    }

    private final Reader reader;
    private final Duration interval;
    private final Duration fullInterval;
    private final LongSupplier nanoTime;
    private final Thread thread;

    ReadingLoop(String name, Reader reader, Duration interval, Duration fullInterval, LongSupplier nanoTime) {
        this.reader = reader;
        this.interval = interval;
        this.fullInterval = fullInterval;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /// Asks from now on.
    ///
    /// @param name of the thread
    /// @param interval between an answer and the next question
    /// @param fullInterval between two questions for everything
    public static ReadingLoop start(String name, Reader reader, Duration interval, Duration fullInterval) {
        return new ReadingLoop(name, reader, interval, fullInterval, System::nanoTime).started();
    }

    ReadingLoop started() {
        thread.start();
        return this;
    }

    private void run() {
        long lastFull = nanoTime.getAsLong();
        boolean isFull = true;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (isFull) {
                    lastFull = nanoTime.getAsLong();
                }
                boolean isAnswered = reader.read(isFull);
                isFull = (isFull && !isAnswered) || nanoTime.getAsLong() - lastFull >= fullInterval.toNanos();
                Thread.sleep(interval);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /// Stops asking, soon.
    @Override
    public void close() {
        thread.interrupt();
    }
}
