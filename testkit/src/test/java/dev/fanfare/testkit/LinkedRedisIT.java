package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Servers that are reached over links.
class LinkedRedisIT {

    @Test
    void sentinelServers_areFollowedOverTheLinksFromFailoverToFailover() {
        try (RedisSentinel redis = RedisSentinel.linked().start()) {
            // When
            redis.failOver();
            redis.awaitReady();

            // Then
            assertThat(String.valueOf(redis.execute(0, "ROLE")))
                    .startsWith("[slave, 127.0.0.1, " + redis.link(1).port());
            assertThat(redis.link(1).connections()).isPositive();
        }
    }

    @Test
    void stalledLinkOfASentinelPrimary_leadsToAFailover() {
        try (RedisSentinel redis = RedisSentinel.linked().start()) {
            // Given
            int primary = redis.primary();

            // When
            redis.link(primary).stall();

            // Then
            redis.awaitPrimary(1 - primary);
            redis.link(primary).flow();
            redis.awaitReady();
            assertThat(redis.primary()).isEqualTo(1 - primary);
        }
    }

    @Test
    void clusterNodes_areNamedToClientsByTheirLinks() {
        try (RedisCluster redis = RedisCluster.linked(1).start()) {
            List<Integer> ports = List.of(
                    redis.link(0).port(), redis.link(1).port(), redis.link(2).port());

            assertThat(redis.primaries()).containsExactly(0, 1, 2);
            assertThat(String.valueOf(redis.execute(0, "CLUSTER", "SLOTS")))
                    .contains(ports.stream()
                            .map(port -> "[127.0.0.1, " + port + ", ")
                            .toList());
            assertThat(redis.replicaOf(1)).isEqualTo(4);
        }
    }

    @Test
    void stalledLinkOfAClusterNode_stopsItsReplicaAndNothingElse() {
        try (RedisCluster redis = RedisCluster.linked(1).start()) {
            // Given
            redis.link(0).stall();

            // When
            redis.execute(0, "SET", keyOf(redis, 0), "v");

            // Then
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> "0".equals(String.valueOf(redis.execute(3, "DBSIZE"))));
            assertThat(redis.primaries()).containsExactly(0, 1, 2);
            redis.link(0).flow();
            Awaitility.await().until(() -> "1".equals(String.valueOf(redis.execute(3, "DBSIZE"))));
        }
    }

    /// A key that `node` serves.
    private static String keyOf(RedisCluster redis, int node) {
        for (int i = 0; ; i++) {
            String key = "k" + i;
            String slot = String.valueOf(redis.execute(0, "CLUSTER", "KEYSLOT", key));
            if (redis.primaryOf(Integer.parseInt(slot)) == node) {
                return key;
            }
        }
    }

    @Test
    void halfOpenLink_isReplacedByTheReplica() {
        try (RedisCluster redis = RedisCluster.linked(1).start()) {
            // When
            redis.link(0).halfOpen();

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> String.valueOf(redis.execute(0, "INFO", "replication"))
                            .contains("connected_slaves:0"));
            redis.awaitReady();
        }
    }
}
