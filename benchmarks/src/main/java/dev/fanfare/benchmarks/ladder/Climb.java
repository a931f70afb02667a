package dev.fanfare.benchmarks.ladder;

import java.time.Duration;

/// One step, measured once.
///
/// | component  | meaning                                                                    |
/// |------------|----------------------------------------------------------------------------|
/// | `messages` | published and received                                                     |
/// | `elapsed`  | from the first publish to the last receipt                                 |
/// | `redis`    | processor time of Redis                                                    |
/// | `client`   | that of the benchmark, which publishes and receives                        |
/// | `gateway`  | that of the gateway; nothing where a step does not use it                  |
record Climb(long messages, Duration elapsed, Duration redis, Duration client, Duration gateway) {

    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    double perSecond() {
        return messages * NANOS / elapsed.toNanos();
    }

    double redisMicros() {
        return micros(redis);
    }

    double clientMicros() {
        return micros(client);
    }

    double gatewayMicros() {
        return micros(gateway);
    }

    private double micros(Duration cpu) {
        return cpu.toNanos() / NANOS_PER_MICRO / messages;
    }
}
