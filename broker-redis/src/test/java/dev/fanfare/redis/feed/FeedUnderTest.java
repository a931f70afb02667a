package dev.fanfare.redis.feed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.RedisKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// A started feed with a key prefix, a listener and counts of its own.
final class FeedUnderTest implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    final RedisKeys keys = new RedisKeys("t" + UUID.randomUUID().toString().substring(0, 8));
    final FeedTranscript listener = new FeedTranscript();
    final CountingMetrics metrics = new CountingMetrics();
    final RedisChannelFeed feed;

    private FeedUnderTest(RedisOptions options, Map<String, String> config) {
        feed = new RedisChannelFeed(vertx, keys, FeedConfigs.with(config), options, metrics);
        feed.start(listener);
    }

    /// Connected to `uri` with the default settings.
    static FeedUnderTest startedOn(String uri) {
        return startedOn(uri, Map.of());
    }

    static FeedUnderTest startedOn(String uri, Map<String, String> config) {
        return startedOn(new RedisOptions().setConnectionString(uri), config);
    }

    static FeedUnderTest startedOn(RedisOptions options, Map<String, String> config) {
        return new FeedUnderTest(options, config);
    }

    /// Subscribes and waits until Redis has acknowledged.
    void subscribe(Channel... channels) {
        for (Channel channel : channels) {
            feed.subscribe(channel).orTimeout(10, SECONDS).join();
        }
    }

    FeedUnderTest awaitLive() {
        await().atMost(Duration.ofSeconds(10)).until(feed::isLive);
        return this;
    }

    @Override
    public void close() {
        feed.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, SECONDS)
                .join();
    }
}
