package dev.fanfare.e2e.installation;

/// What can be started.
public enum Service {
    GATEWAY("gateway-service", "GATEWAY_PORT"),
    PUBLISHER("publisher-service", "PUBLISHER_PORT"),
    TELEMETRY("telemetry-ingest", "TELEMETRY_PORT");

    private final String module;
    private final String portVariable;

    Service(String module, String portVariable) {
        this.module = module;
        this.portVariable = portVariable;
    }

    /// Name of its Maven module.
    public String module() {
        return module;
    }

    /// The environment variable that sets its port.
    public String portVariable() {
        return portVariable;
    }
}
