package dev.fanfare.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for servers that tests start.
final class Waiting {

    private static final Duration POLL_EVERY = Duration.ofMillis(20);

    private Waiting() {}

    /// Returns when `condition` holds; one that throws does not hold yet.
    ///
    /// @throws IllegalStateException when it does not hold in time
    static void until(String what, Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not within " + within + ": " + what);
            }
            try {
                Thread.sleep(POLL_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting: " + what, e);
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException notYet) {
            return false;
        }
    }
}
