package dev.fanfare.deployment.autoscale;

/// The metrics of gateways by which they are scaled, as the custom metrics API names them.
public final class GatewayMetrics {

    /// Open connections.
    public static final String CONNECTIONS = "fanfare_gateway_connections";

    /// Bytes per second sent to clients.
    public static final String SENT_BYTES = "fanfare_gateway_sent_bytes_per_second";

    private GatewayMetrics() {}
}
