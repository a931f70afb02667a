package dev.fanfare.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How clients bring their tokens. Whose tokens are taken is `fanfare.access.*`.
@ConfigMapping(prefix = "fanfare.gateway.access")
public interface ClientAccessConfig {

    /// Origins whose pages may connect, such as `https://app.example.org`. Without it all may, but for those that
    /// rely on the cookie. A client that sends no `Origin`, as only programs outside of browsers do, always may.
    Optional<Set<String>> allowedOrigins();

    /// Name of the cookie that may hold the token. Without it cookies are not looked at. A page of another site would
    /// have the browser send it too, so with a cookie the `Origin` has to be one of `allowed-origins`, or without
    /// those the gateway's own.
    Optional<String> cookie();

    /// Whether the query parameter `access_token` may hold the token. Addresses end up in the logs of every proxy.
    @WithDefault("false")
    boolean queryParameter();

    /// How long before the end of its token a client is told: 0 s to 10 minutes.
    @WithDefault("30s")
    Duration expiryWarning();

    /// Most connections of one subject at this instance, from 1, or 0 for no limit. Those of a service may be many; a
    /// larger value lets one subject take more of `fanfare.gateway.handshake.max-connections`.
    @WithDefault("5000")
    int maxConnectionsPerSubject();

    /// Most connections from one address at this instance, from 1, or 0 for no limit. Behind a proxy that
    /// `quarkus.http.proxy.*` does not say to believe all have the proxy's, so set it only where there is none.
    @WithDefault("0")
    int maxConnectionsPerAddress();

    /// `config` itself.
    ///
    /// @throws IllegalArgumentException when a value is out of range; it names the property
    static ClientAccessConfig checked(ClientAccessConfig config) {
        Duration warning = config.expiryWarning();
        if (warning.isNegative() || warning.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("fanfare.gateway.access.expiry-warning is 0s to 10m");
        }
        check(config.maxConnectionsPerSubject(), "max-connections-per-subject");
        check(config.maxConnectionsPerAddress(), "max-connections-per-address");
        return config;
    }

    private static void check(int most, String property) {
        if (most < 0) {
            throw new IllegalArgumentException("fanfare.gateway.access." + property + " is from 0");
        }
    }
}
