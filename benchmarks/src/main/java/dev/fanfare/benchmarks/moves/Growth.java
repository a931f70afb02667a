package dev.fanfare.benchmarks.moves;

import dev.fanfare.benchmarks.load.Journey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of the clients when gateways were added behind a balancer.
record Growth(String balance, List<Look> looks, Journey journey) {

    /// Most connections of a gateway, as a multiple of the mean.
    static final double TARGET = 1.15;

    Growth {
        looks = List.copyOf(looks);
    }

    /// From when on the target was met at every look; empty if it was not in the end.
    Optional<Duration> evenAfter() {
        Optional<Duration> since = Optional.empty();
        for (Look look : looks) {
            if (look.unevenness() > TARGET) {
                since = Optional.empty();
            } else if (since.isEmpty()) {
                since = Optional.of(look.at());
            }
        }
        return since;
    }
}
