package dev.fanfare.deployment.simulate;

/// What things cost a gateway, as measured (benchmarks/results) or, where they were not, on the safe side.
final class Costs {

    /// Seconds of a core per delivery that is alone in its turn of the event loop: the dearest case. Batched ones
    /// cost a tenth.
    static final double DELIVERY_SECONDS = 8e-6;

    /// Seconds of a core per handshake: as much as fifty deliveries (`HandshakeConfig`).
    static final double HANDSHAKE_SECONDS = 50 * DELIVERY_SECONDS;

    /// Bytes of a message of 128 bytes with what goes around it.
    static final double DELIVERY_BYTES = 250;

    /// Seconds behind its work at which a gateway lets nobody in (`fanfare.gateway.handshake.max-loop-lag`).
    static final double MAX_LAG_SECONDS = 1;

    private Costs() {}
}
