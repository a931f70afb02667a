package dev.fanfare.deployment.simulate;

import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import dev.fanfare.deployment.settings.Deployable;
import dev.fanfare.deployment.settings.ServiceSettings;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;

/// What the manifests say of a gateway, as far as it is played. Times are in seconds.
///
/// @param cpuRequest cores
/// @param cpuLimit cores
/// @param spreadSeconds over which the turns of a drain are spread
/// @param costSeconds between two updates of the pod deletion cost; 0 when it is off
record GatewaySettings(
        double cpuRequest,
        double cpuLimit,
        int maxConnections,
        int handshakesPerSecond,
        int handshakeBurst,
        double resumeReserve,
        int maxRetryAfterSeconds,
        int drainDelaySeconds,
        int spreadSeconds,
        double startAbove,
        double stopAbove,
        int minExcess,
        double pace,
        int warmUpSeconds,
        int costSeconds) {

    static GatewaySettings of(Manifests manifests, boolean hasDeletionCost) {
        Workload workload = manifests
                .workload(Deployable.GATEWAY.id())
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway-service in the manifests"));
        SmallRyeConfig config = ServiceSettings.of(Deployable.GATEWAY, workload, manifests)
                .load()
                .config()
                .orElseThrow(() -> new IllegalArgumentException("the gateway would not start with these manifests"));
        KubeObject container =
                new KubeObject(workload.container(Deployable.GATEWAY.id()).orElseThrow());
        int delay = seconds(config, "drain.delay");
        return new GatewaySettings(
                cores(container.text("/resources/requests/cpu")),
                cores(container.text("/resources/limits/cpu")),
                integer(config, "handshake.max-connections"),
                integer(config, "handshake.max-per-second"),
                integer(config, "handshake.burst"),
                number(config, "handshake.resume-reserve"),
                seconds(config, "handshake.max-retry-after"),
                delay,
                seconds(config, "drain.timeout")
                        - delay
                        - seconds(config, "drain.grace")
                        - seconds(config, "lifecycle.close-timeout"),
                number(config, "rebalance.start-above"),
                number(config, "rebalance.stop-above"),
                integer(config, "rebalance.min-excess"),
                number(config, "rebalance.pace"),
                seconds(config, "rebalance.warm-up"),
                hasDeletionCost ? seconds(config, "pod-deletion-cost.interval") : 0);
    }

    private static int integer(SmallRyeConfig config, String key) {
        return config.getValue("fanfare.gateway." + key, Integer.class);
    }

    private static double number(SmallRyeConfig config, String key) {
        return config.getValue("fanfare.gateway." + key, Double.class);
    }

    private static int seconds(SmallRyeConfig config, String key) {
        return (int) config.getValue("fanfare.gateway." + key, Duration.class).toSeconds();
    }

    private static double cores(String quantity) {
        return quantity.endsWith("m")
                ? Double.parseDouble(quantity.substring(0, quantity.length() - 1)) / 1000
                : Double.parseDouble(quantity);
    }
}
