package dev.fanfare.redis.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the feed talks to Redis and how soon it notices that it does not get through.
@ConfigMapping(prefix = "fanfare.redis.feed")
public interface FeedConfig {

    /// Connections to a single Redis or a Sentinel primary, 1 to 16; channels are spread over them. More
    /// use more cores and output buffers. In a cluster it is one per primary instead.
    @WithDefault("2")
    int connections();

    /// Whether messages that somebody publishes to the plain Redis channel of the same name are
    /// delivered. Not possible in a cluster.
    @WithDefault("true")
    boolean plainChannels();

    /// Most names in one (un)subscribe, 1 to 10000. Larger ones hold Redis up for longer.
    @WithDefault("256")
    int batchSize();

    /// Largest message that is taken in, in bytes, from 1024. Larger ones are dropped and counted.
    @WithDefault("16777216")
    int maxMessageBytes();

    /// How long connecting and logging in may take, from 10 ms.
    @WithDefault("2S")
    Duration connectTimeout();

    /// How long Redis may leave a command or an (un)subscribe unanswered before the connection counts as
    /// lost, from 10 ms. Larger values survive longer stalls of Redis but notice a half-open connection
    /// later: after this and one probe interval.
    @WithDefault("4S")
    Duration replyTimeout();

    /// How often each connection is asked whether it still works, from 10 ms. Costs Redis two commands.
    @WithDefault("2S")
    Duration probeInterval();

    /// How long a connection may fail to deliver its own test message before it counts as lost, more than
    /// the probe interval.
    @WithDefault("6S")
    Duration deafTimeout();

    /// Upper bound of the first pause before connecting again, from 1 ms; it doubles with each attempt.
    /// The pause is drawn between nothing and the bound.
    @WithDefault("0.1S")
    Duration backoffMin();

    /// Upper bound of every pause before connecting again, not below `backoff-min`. Up to 2 s, a restarted
    /// Redis is served again within 5 s.
    @WithDefault("2S")
    Duration backoffMax();

    /// How often the addresses of the primaries are read again from Sentinel or the cluster without
    /// cause, from 100 ms.
    @WithDefault("5S")
    Duration topologyInterval();

    /// Returns `config` if every value is in its range.
    ///
    /// @throws IllegalArgumentException naming the first one that is not
    static FeedConfig checked(FeedConfig config) {
        check(config.connections() >= 1 && config.connections() <= 16, "connections", "1 to 16");
        check(config.batchSize() >= 1 && config.batchSize() <= 10_000, "batch-size", "1 to 10000");
        check(config.maxMessageBytes() >= 1024, "max-message-bytes", "at least 1024");
        checkAtLeast(config.connectTimeout(), 10, "connect-timeout");
        checkAtLeast(config.replyTimeout(), 10, "reply-timeout");
        checkAtLeast(config.probeInterval(), 10, "probe-interval");
        check(
                config.deafTimeout().compareTo(config.probeInterval()) > 0,
                "deaf-timeout",
                "more than the probe interval");
        checkAtLeast(config.backoffMin(), 1, "backoff-min");
        check(config.backoffMax().compareTo(config.backoffMin()) >= 0, "backoff-max", "not below backoff-min");
        checkAtLeast(config.topologyInterval(), 100, "topology-interval");
        return config;
    }

    private static void checkAtLeast(Duration value, long millis, String key) {
        check(value.toMillis() >= millis, key, "at least " + millis + " ms");
    }

    private static void check(boolean holds, String key, String range) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.redis.feed." + key + " must be " + range);
        }
    }
}
