package dev.fanfare.deployment.settings;

import dev.fanfare.access.wiring.AccessConfig;
import dev.fanfare.gateway.edge.HandshakeConfig;
import dev.fanfare.messaging.admission.AdmissionConfig;
import dev.fanfare.publisher.http.HttpConfig;
import dev.fanfare.redis.wiring.BrokerConfig;
import dev.fanfare.telemetry.source.SourcesConfig;
import java.util.List;

/// The services. The name of one is that of its module, its image, its workload and its container.
public enum Deployable {
    GATEWAY("gateway-service"),
    PUBLISHER("publisher-service"),
    TELEMETRY("telemetry-ingest");

    private final String id;

    Deployable(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /// A type of every module that it is made of and that can be configured; first of its own, which has its
    /// `application.properties`.
    List<Class<?>> modules() {
        return switch (this) {
            case GATEWAY ->
                List.of(HandshakeConfig.class, AccessConfig.class, AdmissionConfig.class, BrokerConfig.class);
            case PUBLISHER -> List.of(HttpConfig.class, AccessConfig.class, AdmissionConfig.class, BrokerConfig.class);
            case TELEMETRY -> List.of(SourcesConfig.class, BrokerConfig.class);
        };
    }
}
