package dev.fanfare.benchmarks.capacity;

/// What single things cost on one machine.
///
/// | component            | unit and meaning                                                                       |
/// |----------------------|----------------------------------------------------------------------------------------|
/// | `deliveryMicros`     | processor time of a gateway for one delivery that is a system call of its own          |
/// | `busyDeliveryMicros` | the same when the gateway is so busy that messages share system calls                  |
/// | `idleMicros`         | processor time of a gateway for one idle connection in one second                      |
/// | `connectionBytes`    | resident memory of a gateway for one connection                                        |
/// | `gatewayBytes`       | resident memory of a warm gateway without any                                          |
/// | `publishMicros`      | processor time of a publisher for one publish over HTTP, warm                          |
/// | `redisMicros`        | processor time of Redis for one stored publish                                         |
/// | `channelBytes`       | memory of Redis for a channel beside its messages                                      |
/// | `storedBytes`        | memory of Redis for one kept message beside its data                                   |
/// | `idBytes`            | memory of Redis for one id that is remembered, so that a repeated publish is noticed   |
record Costs(
        double deliveryMicros,
        double busyDeliveryMicros,
        double idleMicros,
        double connectionBytes,
        double gatewayBytes,
        double publishMicros,
        double redisMicros,
        double channelBytes,
        double storedBytes,
        double idBytes) {

    private static final double KILO = 1024;
    private static final double MEGA = 1024 * KILO;

    /// Of a run of `--measure` on 2026-11-29, and connections from the page of `bench idle`: JVM, AMD EPYC, 2 cores.
    static Costs measuredBefore() {
        return new Costs(6.3, 0.6, 2.3, 12.9 * KILO, 172 * MEGA, 42, 14, 4_650, 143, 176);
    }
}
