package dev.fanfare.benchmarks.load;

/// What one client got of its channel over all its connections: after number n has to come n + 1, once.
final class Sightings {

    private long newest;
    private long lost;
    private long repeated;

    /// Numbers up to `position` are not for it.
    void beginAfter(long position) {
        newest = position;
    }

    /// Takes number `sequence`.
    void saw(long sequence) {
        if (sequence <= newest) {
            repeated++;
        } else {
            lost += sequence - newest - 1;
            newest = sequence;
        }
    }

    /// The newest number, or where it began.
    long newest() {
        return newest;
    }

    /// Numbers that were left out.
    long lost() {
        return lost;
    }

    /// Numbers that came when they, or later ones, had come already.
    long repeated() {
        return repeated;
    }
}
