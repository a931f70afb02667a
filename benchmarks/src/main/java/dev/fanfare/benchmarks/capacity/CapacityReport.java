package dev.fanfare.benchmarks.capacity;

import dev.fanfare.benchmarks.harness.Subject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A plan as a page of Markdown.
record CapacityReport(Subject subject, CapacityOptions options, Costs costs, Plan plan) {

    private static final double KILO = 1024;
    private static final double MEGA = 1024 * KILO;
    private static final double MEGABIT = 1e6 / 8;

    String markdown() {
        return subject.head("Capacity", "What an installation needs, each part at half load.", facts())
                + needs()
                + costTable()
                + legend();
    }

    private Map<String, String> facts() {
        Demand demand = options.demand();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "demand",
                String.format(
                        Locale.ROOT,
                        "%,d connections on %,d channels, %,d messages a second of %,d bytes, %,d kept per channel:"
                                + " %,.0f deliveries a second",
                        demand.connections(),
                        demand.channels(),
                        demand.messagesPerSecond(),
                        demand.bytes(),
                        demand.history(),
                        demand.deliveriesPerSecond()));
        facts.put("costs", options.isMeasured() ? "measured here, but for memory of connections" : "measured before");
        return facts;
    }

    private String needs() {
        String why = switch (plan.gatewaysFor()) {
            case CONNECTIONS -> "for the connections";
            case CPU -> "for the processor time";
            case SPARE -> "so that one can fail";
        };
        return String.format(
                Locale.ROOT,
                """

                | part | instances | each | all together |
                |---|--:|---|---|
                | gateway-service | %d, %s | %d core(s), %,.0f MB resident | %.2f cores busy, %,.1f Mbit/s to clients |
                | publisher-service | %d | %d core(s) | %.2f cores busy |
                | telemetry-ingest | 2 | one works, one waits | little |
                | Redis | %d primaries, each with a replica | | %.2f of a core busy with publishes, %,.1f MB when every history is full |

                Autoscaling: gateways from %d, %,d connections each at the target.
                """,
                plan.gateways(),
                why,
                options.size().gatewayCores(),
                plan.gatewayMemoryBytes() / MEGA,
                plan.gatewayCores(),
                plan.egressBytes() / MEGABIT,
                plan.publishers(),
                options.size().publisherCores(),
                plan.publisherCores(),
                plan.redisShards(),
                plan.redisCores(),
                plan.redisMemoryBytes() / MEGA,
                plan.gateways(),
                Math.round(options.size().maxConnections() * Plan.LOADED));
    }

    private String costTable() {
        return String.format(
                Locale.ROOT,
                """

                | what | costs |
                |---|--:|
                | a delivery, alone | %.2f µs of a gateway |
                | a delivery, when messages share system calls | %.2f µs |
                | an idle connection | %.1f µs a second and %.1f KB of a gateway |
                | a gateway without connections | %.0f MB |
                | a publish over HTTP | %.0f µs of a publisher |
                | a stored publish | %.1f µs of Redis |
                | a channel | %,.0f bytes of Redis |
                | a kept message, beside its data | %,.0f bytes of Redis |
                | the id of a message, for 5 minutes | %,.0f bytes of Redis |
                """,
                costs.deliveryMicros(),
                costs.busyDeliveryMicros(),
                costs.idleMicros(),
                costs.connectionBytes() / KILO,
                costs.gatewayBytes() / MEGA,
                costs.publishMicros(),
                costs.redisMicros(),
                costs.channelBytes(),
                costs.storedBytes(),
                costs.idBytes());
    }

    private static String legend() {
        return """

                gateways = max(2, connections / (limit / 2), (deliveries × delivery + connections × idle) / (cores / 2));
                deliveries = messages × connections / channels. A gateway that has more to do lets messages share system calls,
                so one that is planned like this bears several times the rate before it is late. Not in the plan: TLS, which an
                ingress ends; memory of the kernel, about 5 KB a connection, which counts for the limit of a pod; bytes that wait
                for slow clients, at most `fanfare.gateway.connection.max-total-queued-bytes` (256 MiB) for each gateway: put it
                on top of the memory.
                """;
    }
}
