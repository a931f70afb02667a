package dev.fanfare.deployment.check;

import dev.fanfare.deployment.manifest.Manifests;
import dev.fanfare.deployment.manifest.Workload;
import dev.fanfare.deployment.settings.Deployable;
import dev.fanfare.deployment.settings.ServiceSettings;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A pod has the time that its service takes to end, and some to close what it has open.
final class LifetimeRule implements Rule {

    /// For closing the HTTP server and the connections to Redis.
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int DEFAULT_GRACE_SECONDS = 30;

    @Override
    public String name() {
        return "lifetimes";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Deployable service : Deployable.values()) {
            manifests
                    .workload(service.id())
                    .ifPresent(workload -> ServiceSettings.of(service, workload, manifests)
                            .load()
                            .config()
                            .ifPresent(config ->
                                    check(workload, ending(service, config).plus(MARGIN), findings)));
        }
        return findings;
    }

    private static void check(Workload workload, Duration least, List<Finding> findings) {
        if (grace(workload).compareTo(least) < 0) {
            findings.add(Finding.of(
                    workload,
                    "terminationGracePeriodSeconds is " + grace(workload).toSeconds() + " and must be at least "
                            + least.toSeconds()));
        }
    }

    private static Duration ending(Deployable service, SmallRyeConfig config) {
        Duration requests =
                duration(config, "quarkus.shutdown.delay").plus(duration(config, "quarkus.shutdown.timeout"));
        return switch (service) {
            case GATEWAY -> requests.plus(config.getValue("fanfare.gateway.drain.timeout", Duration.class));
            case PUBLISHER, TELEMETRY -> requests;
        };
    }

    private static Duration duration(SmallRyeConfig config, String property) {
        return config.getOptionalValue(property, Duration.class).orElse(Duration.ZERO);
    }

    /// How long the pod has.
    static Duration grace(Workload workload) {
        return Duration.ofSeconds(
                workload.pod().path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS));
    }
}
