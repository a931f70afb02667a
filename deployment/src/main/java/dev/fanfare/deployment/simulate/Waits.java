package dev.fanfare.deployment.simulate;

import java.util.stream.IntStream;

/// How long clients waited, from wanting to be connected until they were, in seconds. What is longer than ten minutes
/// counts as that.
final class Waits {

    private static final int MAX_SECONDS = 600;

    private final int[] clients = new int[MAX_SECONDS + 1];

    void add(int seconds) {
        clients[Math.min(seconds, MAX_SECONDS)]++;
    }

    /// The seconds within which that part of all clients was connected.
    int of(double part) {
        long all = IntStream.of(clients).asLongStream().sum();
        long until = 0;
        for (int seconds = 0; seconds < MAX_SECONDS; seconds++) {
            until += clients[seconds];
            if (until >= part * all) {
                return seconds;
            }
        }
        return MAX_SECONDS;
    }
}
