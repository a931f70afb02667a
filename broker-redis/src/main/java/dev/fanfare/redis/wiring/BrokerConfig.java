package dev.fanfare.redis.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How Redis is used. Where it is and how to log in is `quarkus.redis.*`.
///
/// All services of one installation must have the same values here.
@ConfigMapping(prefix = "fanfare.redis")
public interface BrokerConfig {

    /// What all keys and pub/sub names begin with: 1 to 32 characters of `a-z A-Z 0-9 _ . : -`. Two
    /// installations with different prefixes can share a Redis.
    @WithDefault("f")
    String keyPrefix();

    /// How long a publish, a read or a lease may take, over all attempts, from 100 ms. A larger value
    /// rides out longer failures of Redis, and lets callers wait longer when it stays away.
    @WithDefault("2S")
    Duration commandTimeout();

    /// Commands that may be without an answer at a time, from 1; further ones are refused at once.
    /// Each costs about 1 KiB and its message.
    @WithDefault("10000")
    int maxPendingCommands();

    /// How often the Sentinels are asked for the primary without cause, from 100 ms. For so long, and the
    /// time the Sentinels take, an old primary may be written to after a failover that it did not notice.
    @WithDefault("1S")
    Duration primaryCheckInterval();

    /// How long a message id is remembered, from 1 ms. Each costs about 150 bytes of Redis memory for
    /// that time.
    @WithDefault("5M")
    Duration idempotencyWindow();

    /// How long a channel that nobody publishes to or reads keeps its epoch, from 1 ms, and at least
    /// twice its history ttl. Clients that come back later start anew. Costs about 150 bytes of Redis
    /// memory per channel.
    @WithDefault("P30D")
    Duration metaTtl();
}
