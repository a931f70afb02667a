package dev.fanfare.benchmarks.redis;

import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.feed.FeedConfig;
import dev.fanfare.redis.feed.RedisChannelFeed;
import dev.fanfare.redis.feed.UncountedFeed;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Our feed in this process, put together by hand as `BrokerBeans` does it with the defaults of the
/// configuration.
public final class FeedOnRedis implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final RedisChannelFeed feed;

    /// Delivers what is published to `channel` from now on.
    public FeedOnRedis(PublisherOnRedis installation, Channel channel, FeedListener listener) {
        var options = new RedisOptions()
                .setConnectionString(installation.redis().uri().toString());
        feed = new RedisChannelFeed(vertx, installation.keys(), new Defaults(), options, new UncountedFeed());
        feed.start(listener);
        feed.subscribe(channel)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        feed.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// The defaults of [FeedConfig].
    private static final class Defaults implements FeedConfig {

        @Override
        public int connections() {
            return 2;
        }

        @Override
        public boolean plainChannels() {
            return true;
        }

        @Override
        public int batchSize() {
            return 256;
        }

        @Override
        public int maxMessageBytes() {
            return 16 * 1024 * 1024;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration replyTimeout() {
            return Duration.ofSeconds(4);
        }

        @Override
        public Duration probeInterval() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration deafTimeout() {
            return Duration.ofSeconds(6);
        }

        @Override
        public Duration backoffMin() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration backoffMax() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration topologyInterval() {
            return Duration.ofSeconds(5);
        }
    }
}
