package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Dialect;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Servers in Node, with packages from npm.
final class NodeServer {

    private NodeServer() {}

    static Launch launch(String script, int port, PublisherOnRedis redis) {
        Map<String, String> environment = Map.of(
                "PORT", String.valueOf(port),
                "REDIS_PORT", String.valueOf(redis.redis().uri().getPort()),
                "NODE_ENV", "production");
        return new Launch(List.of("node", Cache.script(script).toString()), environment, null);
    }

    /// The tutorial's server: a Redis client per channel, a `send` per subscriber.
    static final class Tutorial implements Peer.Recipe, Dialect {

        @Override
        public Optional<String> absence() {
            return Cache.absence("ws from npm", Cache.nodeModule("ws"));
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            return NodeServer.launch("tutorial.mjs", port, redis);
        }

        @Override
        public Target target(int port, PublisherOnRedis redis) {
            return new Target(
                    port, this, new PublisherKind.Plain(redis.redis().uri().getPort()));
        }

        @Override
        public String path(String channel) {
            return "/";
        }

        @Override
        public String opening(String channel) {
            return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\"}";
        }
    }

    /// Socket.IO, a room per channel, with the adapter that speaks to other instances over Redis.
    static final class SocketIo implements Peer.Recipe, Dialect {

        @Override
        public Optional<String> absence() {
            return Cache.absence("socket.io from npm", Cache.nodeModule("socket.io"));
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            return NodeServer.launch("socket-io.mjs", port, redis);
        }

        @Override
        public Target target(int port, PublisherOnRedis redis) {
            return new Target(
                    port, this, new PublisherKind.SocketIo(redis.redis().uri().getPort()));
        }

        @Override
        public String path(String channel) {
            return "/socket.io/?EIO=4&transport=websocket";
        }

        /// Connects to the namespace; the subscription has to wait for the answer.
        @Override
        public String opening(String channel) {
            return "40";
        }

        @Override
        public @Nullable String answer(int first, int second, String channel) {
            if (first == '2') {
                return "3";
            }
            return first == '4' && second == '0' ? "42[\"subscribe\",\"" + channel + "\"]" : null;
        }
    }
}
