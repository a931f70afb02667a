package dev.fanfare.benchmarks.harness;

import java.time.Duration;

/// Lets time pass in which something else happens.
public final class Pause {

    private Pause() {}

    /// Returns after `time`.
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
