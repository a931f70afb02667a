package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.load.PublishOutcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Load on one server for minutes, with a look at its memory every 10 s.
final class Soak {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final double MEGA = 1024.0 * 1024;

    private Soak() {}

    /// One look.
    ///
    /// | component       | unit and meaning                    |
    /// |-----------------|-------------------------------------|
    /// | `seconds`       | since the start                     |
    /// | `outcome`       | of the time since the look before   |
    /// | `residentBytes` | of the server                       |
    record Look(long seconds, PublishOutcome outcome, long residentBytes) {}

    /// Publishes for `minutes` and returns a look for each 10 s.
    static List<Look> run(Side side, int minutes, PrintStream progress) {
        List<Look> looks = new ArrayList<>();
        long count = Duration.ofMinutes(minutes).dividedBy(LOOK_EVERY);
        for (int i = 1; i <= count; i++) {
            var look = new Look(i * LOOK_EVERY.toSeconds(), side.publish(LOOK_EVERY), side.residentBytes());
            progress.printf(
                    Locale.ROOT,
                    "%,d s: %,.0f/s, %.1f MB%n",
                    look.seconds(),
                    look.outcome().perSecond(),
                    look.residentBytes() / MEGA);
            looks.add(look);
        }
        return looks;
    }
}
