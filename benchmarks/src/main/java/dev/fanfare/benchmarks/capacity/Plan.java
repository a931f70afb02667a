package dev.fanfare.benchmarks.capacity;

/// What an installation needs for a demand.
///
/// Everything is planned for half of what it can bear: the other half is for the clients of an instance that fails,
/// and for the minutes until new instances are there.
///
/// | component            | unit and meaning                                                     |
/// |----------------------|----------------------------------------------------------------------|
/// | `gatewayCores`       | processors that all gateways are busy with, without the headroom     |
/// | `gateways`           | instances, at least two                                              |
/// | `gatewaysFor`        | what decided their number                                            |
/// | `gatewayMemoryBytes` | resident memory of each, with its share of the connections           |
/// | `egressBytes`        | to the clients, a second, without TCP, IP and TLS                    |
/// | `publisherCores`     | processors that all publishers are busy with, without the headroom   |
/// | `publishers`         | instances, at least two                                              |
/// | `redisCores`         | share of a core that commands take; Redis has one core for them      |
/// | `redisMemoryBytes`   | of streams and what belongs to them, when every history is full      |
/// | `redisShards`        | primaries, so that none is busy for more than half of the time       |
record Plan(
        double gatewayCores,
        int gateways,
        Bound gatewaysFor,
        double gatewayMemoryBytes,
        double egressBytes,
        double publisherCores,
        int publishers,
        double redisCores,
        double redisMemoryBytes,
        int redisShards) {

    /// Share of what something can bear that is planned for.
    static final double LOADED = 0.5;

    /// Instances below which nothing may fall, so that one can fail.
    static final int AT_LEAST = 2;

    /// Names, position and punctuation around the data in a frame, and its header: of a message with an id of our own
    /// on
    /// a channel of 9 characters.
    static final int FRAME_BYTES = 124;

    /// For which ids are remembered, the default of `fanfare.redis.idempotency-window`.
    static final int ID_WINDOW_SECONDS = 300;

    private static final double MICROS = 1e6;

    /// What the number of gateways was decided by.
    enum Bound {
        CONNECTIONS,
        CPU,
        SPARE
    }

    /// The plan for `demand` with instances of a size.
    static Plan of(Demand demand, Costs costs, Size size) {
        double deliveries = demand.deliveriesPerSecond();
        double gatewayCores =
                (deliveries * costs.deliveryMicros() + demand.connections() * costs.idleMicros()) / MICROS;
        int byConnections = instances(demand.connections(), size.maxConnections());
        int byCpu = instances(gatewayCores, size.gatewayCores());
        int gateways = Math.max(AT_LEAST, Math.max(byConnections, byCpu));
        double publisherCores = demand.messagesPerSecond() * costs.publishMicros() / MICROS;
        double redisCores = demand.messagesPerSecond() * costs.redisMicros() / MICROS;
        return new Plan(
                gatewayCores,
                gateways,
                bound(gateways, byConnections, byCpu),
                costs.gatewayBytes() + costs.connectionBytes() * demand.connections() / gateways,
                deliveries * (demand.bytes() + FRAME_BYTES),
                publisherCores,
                Math.max(AT_LEAST, instances(publisherCores, size.publisherCores())),
                redisCores,
                redisMemory(demand, costs),
                Math.max(1, instances(redisCores, 1)));
    }

    private static double redisMemory(Demand demand, Costs costs) {
        double channel = costs.channelBytes() + demand.history() * (demand.bytes() + costs.storedBytes());
        return demand.channels() * channel + (double) demand.messagesPerSecond() * ID_WINDOW_SECONDS * costs.idBytes();
    }

    private static int instances(double needed, double each) {
        return (int) Math.ceil(needed / (each * LOADED));
    }

    private static Bound bound(int gateways, int byConnections, int byCpu) {
        if (gateways > Math.max(byConnections, byCpu)) {
            return Bound.SPARE;
        }
        return byCpu > byConnections ? Bound.CPU : Bound.CONNECTIONS;
    }
}
