package dev.fanfare.benchmarks.load;

/// Microseconds since it was made, by a clock that never goes back.
final class MicroClock {

    private static final long NANOS_PER_MICRO = 1000;

    private final long origin = System.nanoTime();

    long now() {
        return (System.nanoTime() - origin) / NANOS_PER_MICRO;
    }
}
