package dev.fanfare.benchmarks.load;

/// When messages should be sent at a fixed rate: an open loop, which does not wait for anybody.
///
/// The n-th message is due at `start + n / rate`, however late the one before was. Times are microseconds
/// on any one clock.
record Pace(long startMicros, double perSecond) {

    private static final double MICROS_PER_SECOND = 1e6;

    /// When message `number`, from 0, should be sent.
    long dueMicros(long number) {
        return startMicros + Math.round(number * MICROS_PER_SECOND / perSecond);
    }

    /// Messages that should have been sent until `nowMicros`, this moment included.
    long due(long nowMicros) {
        if (nowMicros < startMicros) {
            return 0;
        }
        long number = (long) ((nowMicros - startMicros) * perSecond / MICROS_PER_SECOND);
        // Rounding may be off by one on either side.
        while (dueMicros(number) <= nowMicros) {
            number++;
        }
        while (number > 0 && dueMicros(number - 1) > nowMicros) {
            number--;
        }
        return number;
    }
}
