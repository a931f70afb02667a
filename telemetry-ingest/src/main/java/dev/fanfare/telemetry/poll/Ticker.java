package dev.fanfare.telemetry.poll;

import java.util.concurrent.TimeUnit;

/// Monotonic time, for durations and deadlines. Unlike a clock it is never set.
public interface Ticker {

    /// Now, in nanoseconds from an arbitrary origin. Compare by subtraction only.
    long nanos();

    /// Blocks until `nanos() - deadline >= 0`.
    void sleepUntil(long deadline) throws InterruptedException;

    /// The machine's.
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long deadline) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(deadline - nanos());
        }
    };
}
