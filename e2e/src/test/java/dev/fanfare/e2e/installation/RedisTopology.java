package dev.fanfare.e2e.installation;

import dev.fanfare.testkit.RedisCluster;
import dev.fanfare.testkit.RedisSentinel;
import dev.fanfare.testkit.RedisServer;
import java.util.Map;

/// The Redis of an installation, of one of the shapes in which it may come.
public sealed interface RedisTopology extends AutoCloseable {

    /// One server.
    static RedisTopology single() {
        return new Single(RedisServer.disposable());
    }

    /// A primary with a replica, watched by three Sentinels.
    static RedisTopology sentinel() {
        return new Sentinel(new RedisSentinel());
    }

    /// Three primaries without replicas.
    static RedisTopology cluster() {
        return new Cluster(new RedisCluster(0));
    }

    void start();

    /// Its addresses, with commas between.
    String hosts();

    /// What a service has to be told besides, by full keys.
    Map<String, String> settings();

    @Override
    void close();

    /// See [#single].
    record Single(RedisServer server) implements RedisTopology {

        @Override
        public void start() {
            server.start();
        }

        @Override
        public String hosts() {
            return server.uri().toString();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /// See [#sentinel].
    record Sentinel(RedisSentinel servers) implements RedisTopology {

        @Override
        public void start() {
            servers.start();
        }

        @Override
        public String hosts() {
            return String.join(",", servers.uris());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "quarkus.redis.client-type", "sentinel", "quarkus.redis.master-name", RedisSentinel.MASTER_NAME);
        }

        @Override
        public void close() {
            servers.close();
        }
    }

    /// See [#cluster].
    record Cluster(RedisCluster nodes) implements RedisTopology {

        @Override
        public void start() {
            nodes.start();
        }

        @Override
        public String hosts() {
            return String.join(",", nodes.uris());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("quarkus.redis.client-type", "cluster");
        }

        @Override
        public void close() {
            nodes.close();
        }
    }
}
