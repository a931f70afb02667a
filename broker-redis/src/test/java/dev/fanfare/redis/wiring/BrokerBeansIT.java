package dev.fanfare.redis.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.redis.health.RedisHealth;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class BrokerBeansIT {

    private static final Channel ISS = new Channel("iss.telemetry");

    @Inject
    MessagePublisher publisher;

    @Inject
    ChannelHistory history;

    @Inject
    LeaseKeeper leases;

    @Inject
    InstanceDirectory instances;

    @Inject
    ChannelRules rules;

    @Inject
    RedisHealth health;

    @Inject
    RedisDataSource data;

    @Test
    void injectedBeans_useTheConfiguredRedisDatabaseAndPrefix() {
        // When
        var message = new Message(ISS, "a", RawJson.ofString("x"), null, null, Instant.EPOCH);
        var stored = (PublishOutcome.Stored) publisher.publish(message).join();

        // Then
        assertThat(history.tip(ISS).join().position()).isEqualTo(stored.position());
        assertThat(data.key().keys("wired:*"))
                .contains(
                        "wired:{0zp}:s:iss.telemetry", "wired:{0zp}:m:iss.telemetry", "wired:{0zp}:i:iss.telemetry a");
    }

    @Test
    void injectedBeans_readRulesLeaseInstancesAndPing() {
        assertThat(rules.ruleFor(ISS).historySize()).isEqualTo(7);
        assertThat(leases.acquire("lease", "me", Duration.ofSeconds(1)).join()).isInstanceOf(LeaseOutcome.Held.class);
        assertThat(instances
                        .announce("gateway", "me", true, InstanceLoad.NONE, Duration.ofSeconds(1))
                        .join())
                .isEmpty();
        assertThat(health.check()).succeedsWithin(Duration.ofSeconds(2));
    }
}
