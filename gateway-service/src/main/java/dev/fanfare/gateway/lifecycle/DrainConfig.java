package dev.fanfare.gateway.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How this instance sends its clients away before it ends.
///
/// ```text
/// 0           delay                                   timeout − close − grace    timeout − close    timeout
/// ├─ not ready ─┼─ each client is asked in its turn ────────┼─ whoever stayed is closed ─┼─ cut ─────┤
/// ```
///
/// `close` is `fanfare.gateway.lifecycle.close-timeout`. It is over as soon as nobody is left.
@ConfigMapping(prefix = "fanfare.gateway.drain")
public interface DrainConfig {

    /// How long the instance says that it is not ready before it asks anybody to go, 0 s to 1 min; it lets
    /// clients in until then. As long as it takes until whoever balances the load has noticed: in Kubernetes
    /// the endpoints are told when the pod is, and every node hears of it within a second or two.
    @WithDefault("5s")
    Duration delay();

    /// How long a client that was asked and did not go is left alone after its turn, 0 s to 1 min.
    @WithDefault("5s")
    Duration grace();

    /// How long all of it takes at the most, up to 1 h; at least 1 s more than delay, grace and
    /// close-timeout together. The turns of the clients are spread over what is left. A pod's
    /// `terminationGracePeriodSeconds` must be at least 10 s more.
    @WithDefault("45s")
    Duration timeout();

    /// A file with the secret of `POST /drain`, 32 to 4096 bytes; one line break at the end does not count.
    /// Without it there is no such path.
    Optional<Path> tokenFile();
}
