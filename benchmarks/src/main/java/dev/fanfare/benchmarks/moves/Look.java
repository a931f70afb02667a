package dev.fanfare.benchmarks.moves;

import java.time.Duration;
import java.util.List;

/// How the clients are spread at some moment.
///
/// | component     | meaning                                                       |
/// |---------------|---------------------------------------------------------------|
/// | `at`          | since the start of the first gateway that was added           |
/// | `connections` | of each gateway                                               |
/// | `moves`       | clients that have connected anew so far                       |
record Look(Duration at, List<Integer> connections, int moves) {

    Look {
        connections = List.copyOf(connections);
    }

    /// The most connections of a gateway, as a multiple of the mean of all.
    double unevenness() {
        double mean = connections.stream().mapToInt(Integer::intValue).average().orElseThrow();
        return connections.stream().mapToInt(Integer::intValue).max().orElseThrow() / mean;
    }
}
