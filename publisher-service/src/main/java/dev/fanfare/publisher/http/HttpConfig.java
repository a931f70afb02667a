package dev.fanfare.publisher.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the HTTP API treats its callers.
@ConfigMapping(prefix = "fanfare.publisher.http")
public interface HttpConfig {

    /// How long a request body may take from its first byte to its last: from 1s. A body that takes
    /// longer is answered with 408, and its connection closed. A larger value lets slow callers hold their places
    /// longer.
    @WithDefault("10s")
    Duration bodyTimeout();

    /// The least that `Retry-After` says when the caller or the instance has as much in hand as it may, or Redis
    /// is away: from 1s, in whole seconds. It says up to three times that, another time to each caller. A larger
    /// value costs callers time after a short failure, a smaller one brings them back while it lasts.
    @WithDefault("1s")
    Duration retryAfter();
}
