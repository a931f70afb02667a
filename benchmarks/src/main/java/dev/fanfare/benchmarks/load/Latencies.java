package dev.fanfare.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long deliveries took, from the moment at which the message should have been sent.
///
/// Counted from the intended moment and not from the real one, a message that the load generator or the
/// server held up makes every later one late as well, as it would for real publishers: nothing is left
/// out because the measurement itself had to wait (coordinated omission). Not thread-safe.
public final class Latencies {

    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    private final Histogram micros = new Histogram(1, HIGHEST_MICROS, DIGITS);

    /// Both on one clock.
    public void record(long intendedMicros, long nowMicros) {
        micros.recordValue(Math.clamp(nowMicros - intendedMicros, 1, HIGHEST_MICROS));
    }

    public void clear() {
        micros.reset();
    }

    /// Some percentiles, in milliseconds.
    public Percentiles percentiles() {
        return new Percentiles(
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getValueAtPercentile(99.9)),
                millis(micros.getMaxValue()));
    }

    private static double millis(long value) {
        return value / MICROS_PER_MILLI;
    }
}
