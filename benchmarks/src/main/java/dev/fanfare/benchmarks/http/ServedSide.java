package dev.fanfare.benchmarks.http;

import static java.util.Objects.requireNonNull;

import dev.fanfare.benchmarks.load.HttpCallers;
import dev.fanfare.benchmarks.load.PublishOutcome;
import dev.fanfare.benchmarks.peers.PublishPeer;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.contract.channel.Channel;
import java.time.Duration;
import java.util.List;

/// A server that takes publishes over HTTP.
final class ServedSide implements Side {

    static final Channel CHANNEL = new Channel("bench");

    private static final String EXPRESS_STREAM = "express:" + CHANNEL.name();

    private final PublishPeer peer;
    private final PublisherOnRedis redis;
    private final RunningServer server;
    private final int connections;
    private final String request;

    private ServedSide(PublishPeer peer, PublisherOnRedis redis, RunningServer server, HttpOptions options) {
        this.peer = peer;
        this.redis = redis;
        this.server = server;
        this.connections = options.connections();
        this.request = request(options.data());
    }

    /// Starts the server.
    static ServedSide start(PublishPeer peer, PublisherOnRedis redis, HttpOptions options) {
        return new ServedSide(peer, redis, peer.start(redis), options);
    }

    /// Each message gets its id from the server.
    private static String request(String data) {
        String body = "{\"data\":" + data + "}";
        return "POST /v1/channels/" + CHANNEL.name() + "/messages HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public String title() {
        return peer.title();
    }

    /// Connects anew, because servers hang up on clients that say nothing while others have their turn.
    @Override
    public PublishOutcome publish(Duration time) {
        try (HttpCallers callers = HttpCallers.open(server.port(), connections, request)) {
            return callers.run(time, server.usage()::cpu);
        }
    }

    @Override
    public long stored() {
        return switch (peer) {
            case PUBLISHER_JVM, PUBLISHER_NATIVE -> BareSide.newestOffset(redis);
            case EXPRESS -> entriesAdded();
        };
    }

    private long entriesAdded() {
        List<?> stream = (List<?>) requireNonNull(redis.redis().execute("XINFO", "STREAM", EXPRESS_STREAM));
        return Long.parseLong(String.valueOf(stream.get(stream.indexOf("entries-added") + 1)));
    }

    @Override
    public long residentBytes() {
        return server.usage().residentBytes();
    }

    @Override
    public void close() {
        server.close();
    }
}
