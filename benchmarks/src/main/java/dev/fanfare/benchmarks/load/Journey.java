package dev.fanfare.benchmarks.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// What has happened to all clients over some time.
///
/// | component   | unit and meaning                                                                        |
/// |-------------|-----------------------------------------------------------------------------------------|
/// | `seconds`   | that it took                                                                            |
/// | `delivered` | messages that clients got                                                               |
/// | `lost`      | messages that a client never got, nor was told of                                        |
/// | `repeated`  | messages that a client got again, or after later ones                                    |
/// | `told`      | times that a client was told that something is missing                                   |
/// | `asked`     | clients that were asked to connect anew                                                  |
/// | `cut`       | connections that ended before their client had another one                              |
/// | `refused`   | attempts to connect that failed                                                         |
/// | `arrivals`  | when a client that had been connected before was connected anew, microseconds, in order |
/// | `latency`   | from the moment at which a message should have been sent until a client had it          |
public record Journey(
        double seconds,
        long delivered,
        long lost,
        long repeated,
        long told,
        long asked,
        long cut,
        long refused,
        List<Long> arrivals,
        Percentiles latency) {

    private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);

    public Journey {
        arrivals = List.copyOf(arrivals);
    }

    /// The most arrivals within any second.
    public int mostInASecond() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < arrivals.size(); to++) {
            while (arrivals.get(to) - arrivals.get(from) >= SECOND_MICROS) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /// Over how many seconds the arrivals were spread, but for the first and last of a hundred; 0 without any.
    public double spreadSeconds() {
        if (arrivals.isEmpty()) {
            return 0;
        }
        int edge = arrivals.size() / 100;
        return (arrivals.get(arrivals.size() - 1 - edge) - arrivals.get(edge)) / (double) SECOND_MICROS;
    }

    /// Whether every message came once and in order.
    public boolean isWhole() {
        return lost == 0 && repeated == 0 && told == 0;
    }
}
