package dev.fanfare.gateway.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Whether Kubernetes is told how many connections this pod has, so that a scale-down takes the emptiest one.
@ConfigMapping(prefix = "fanfare.gateway.pod-deletion-cost")
public interface PodDeletionCostConfig {

    /// Whether the pod's annotation `controller.kubernetes.io/pod-deletion-cost` is kept at its number of
    /// connections. Takes a service account that may `patch` `pods`.
    @WithDefault("false")
    boolean enabled();

    /// Time between two updates, 5 s to 10 min; none is made while the number stays the same.
    @WithDefault("30s")
    Duration interval();

    /// How long one update may take, 100 ms to 1 min.
    @WithDefault("5s")
    Duration timeout();

    /// Where the Kubernetes API is: an `https:` URL.
    @WithDefault("https://kubernetes.default.svc")
    URI api();

    /// The folder with the files `token`, `ca.crt` and `namespace` of the service account. The token is read
    /// anew for each update.
    @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount")
    Path credentials();

    /// The name of the pod; `HOSTNAME` unless set.
    Optional<String> pod();

    /// `config` itself.
    ///
    /// @throws IllegalArgumentException when a value is out of range; it names the property
    static PodDeletionCostConfig checked(PodDeletionCostConfig config) {
        check(isWithin(Duration.ofSeconds(5), config.interval(), Duration.ofMinutes(10)), "interval", "5 s to 10 min");
        check(isWithin(Duration.ofMillis(100), config.timeout(), Duration.ofMinutes(1)), "timeout", "100 ms to 1 min");
        check("https".equals(config.api().getScheme()) && config.api().getHost() != null, "api", "an https: URL");
        return config;
    }

    private static boolean isWithin(Duration least, Duration value, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void check(boolean holds, String key, String range) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.gateway.pod-deletion-cost." + key + " must be " + range);
        }
    }
}
