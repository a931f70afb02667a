package dev.fanfare.benchmarks.publish;

import java.time.Duration;

/// What one side did in one round.
///
/// | component  | meaning                                        |
/// |------------|------------------------------------------------|
/// | `messages` | publishes, all of which were found in Redis    |
/// | `effort`   | what they took                                 |
/// | `redisCpu` | processor time of Redis, over all its threads  |
record Round(int messages, Side.Effort effort, Duration redisCpu) {

    double perSecond() {
        return messages / seconds(effort.elapsed());
    }

    /// Share of a core, 1 for all of one.
    double redisShare() {
        return seconds(redisCpu) / seconds(effort.elapsed());
    }

    /// Share of a core, 1 for all of one.
    double clientShare() {
        return seconds(effort.clientCpu()) / seconds(effort.elapsed());
    }

    double redisMicrosEach() {
        return seconds(redisCpu) * 1e6 / messages;
    }

    double clientMicrosEach() {
        return seconds(effort.clientCpu()) * 1e6 / messages;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
