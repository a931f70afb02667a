package dev.fanfare.redis.feed;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.ChannelFeedContract;
import dev.fanfare.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisChannelFeedContractIT extends ChannelFeedContract {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.disposable();

    private final Vertx vertx = Vertx.vertx();
    private final RedisUnderTest redis = RedisUnderTest.at(REDIS.uri().toString());
    private final RedisChannelFeed feed = new RedisChannelFeed(
            vertx,
            redis.keys,
            FeedConfigs.with(Map.of()),
            new RedisOptions().setConnectionString(REDIS.uri().toString()),
            new UncountedFeed());

    @AfterEach
    void stop() {
        feed.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    protected ChannelFeed feed() {
        return feed;
    }

    @Override
    protected MessagePublisher publisher() {
        return redis.publisher;
    }

    @Override
    protected void publishPlain(Channel channel, String text) {
        REDIS.execute("PUBLISH", channel.name(), text);
    }

    @Override
    protected void cut() {
        REDIS.execute("CLIENT", "KILL", "TYPE", "pubsub");
    }

    @Override
    protected void mend() {
        // Redis runs on: nothing keeps the feed away.
    }
}
