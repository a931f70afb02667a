package dev.fanfare.redis.feed;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RespConnector;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// The feed from Redis pub/sub, over connections of its own.
///
/// All methods may be called from any thread and none blocks. Futures complete, and the listener is
/// called, on the event loop of the connection that carries the channel.
///
/// | Redis    | connections per process                                                            |
/// |----------|------------------------------------------------------------------------------------|
/// | single   | `fanfare.redis.feed.connections`, 2 unless configured                              |
/// | Sentinel | the same; and one to each Sentinel for a moment, per connection and topology interval |
/// | Cluster  | one to each primary that carries a partition, so at most 256; and one more for a moment while no node
/// is connected |
public final class RedisChannelFeed implements ChannelFeed {

    private static final String CLIENT_NAME = "fanfare-feed";

    private final Intake intake;
    private final RespConnector connector;
    private final Routes routes;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;

    /// @param options of the ordinary client: the feed connects to the same Redis in the same way
    /// @throws IllegalArgumentException if a value of `feedConfig` is out of its range
    public RedisChannelFeed(
            Vertx vertx, RedisKeys keys, FeedConfig feedConfig, RedisOptions options, FeedMetrics metrics) {
        FeedConfig config = FeedConfig.checked(feedConfig);
        this.intake = new Intake(metrics);
        this.connector = new RespConnector(
                vertx, options.getNetClientOptions(), config.connectTimeout(), CLIENT_NAME, config.maxMessageBytes());
        this.routes = routes(vertx, keys, config, options, metrics);
    }

    private Routes routes(Vertx vertx, RedisKeys keys, FeedConfig config, RedisOptions options, FeedMetrics metrics) {
        var random = new SecureRandom();
        String id = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
        boolean sharded = options.getType() == RedisClientType.CLUSTER;
        var naming = new PubSubNaming(keys, sharded, config.plainChannels() && !sharded);
        var setup = new FeedLink.Setup(config, naming, connector, intake, metrics, random);
        List<RedisEndpoint> endpoints = options.getEndpoints().stream()
                .map(uri -> RedisEndpoint.parse(uri, options.getPassword()))
                .toList();
        return switch (options.getType()) {
            case STANDALONE, REPLICATION ->
                new FixedRoutes(id, setup, () -> new VertxLoop(vertx), _ -> PrimaryLocator.among(endpoints));
            case SENTINEL ->
                new FixedRoutes(
                        id,
                        setup,
                        () -> new VertxLoop(vertx),
                        loop -> new SentinelLocator(
                                endpoints,
                                options.getMasterName(),
                                new Questions(connector, loop, config.replyTimeout())));
            case CLUSTER -> new ClusterRoutes(id, setup, new VertxLoop(vertx), endpoints);
        };
    }

    @Override
    public void start(FeedListener listener) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the feed was started before");
        }
        intake.deliverTo(listener);
        routes.start();
    }

    @Override
    public CompletableFuture<Void> subscribe(Channel channel) {
        var acknowledged = new CompletableFuture<Void>();
        routes.subscribe(channel, acknowledged);
        return acknowledged;
    }

    @Override
    public void unsubscribe(Channel channel) {
        routes.unsubscribe(channel);
    }

    @Override
    public boolean isLive() {
        return !closed && routes.isLive();
    }

    @Override
    public void close() {
        closed = true;
        var _ = routes.close().thenRun(connector::close);
    }
}
