package dev.fanfare.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.testkit.ApiKeyStoreContract;
import dev.fanfare.testkit.BrokerUnderTest;
import dev.fanfare.testkit.BudgetLedgerContract;
import dev.fanfare.testkit.ChannelDirectoryContract;
import dev.fanfare.testkit.ChannelHistoryContract;
import dev.fanfare.testkit.ConnectionRegistryContract;
import dev.fanfare.testkit.InstanceDirectoryContract;
import dev.fanfare.testkit.LeaseKeeperContract;
import dev.fanfare.testkit.MessagePublisherContract;
import dev.fanfare.testkit.PublicKeyBoardContract;
import dev.fanfare.testkit.RedisSentinel;
import dev.fanfare.testkit.RevocationLogContract;
import dev.fanfare.testkit.SequencePublisherContract;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The broker on a primary and a replica under three Sentinels.
class RedisSentinelIT {

    @RegisterExtension
    static final RedisSentinel SENTINEL = new RedisSentinel();

    private static RedisUnderTest redis;

    private final Channel channel = new Channel("any." + UUID.randomUUID());

    @BeforeAll
    static void connect() {
        redis = new RedisUnderTest(
                        options(), MessagePublisherContract.RULES, new CommandLimits(RedisUnderTest.TIMEOUT, 10_000))
                .warm();
    }

    private static RedisOptions options() {
        return new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setMasterName(RedisSentinel.MASTER_NAME)
                .setEndpoints(SENTINEL.uris());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void orderlyFailover_isFollowed() {
        // Given
        publish("a").join();

        // When
        SENTINEL.failOver();

        // Then
        awaitStored("b");
        SENTINEL.awaitReady();
        assertThat(SENTINEL.execute(SENTINEL.primary(), "EXISTS", redis.keys.meta(channel)))
                .isEqualTo(1L);
    }

    @Test
    void deadPrimary_isReplaced() {
        // Given
        int primary = SENTINEL.primary();
        publish("a").join();

        // When
        SENTINEL.kill(primary);

        // Then
        awaitStored("b");
        assertThat(SENTINEL.primary()).isNotEqualTo(primary);
        SENTINEL.restart(primary);
        SENTINEL.awaitReady();
    }

    @Test
    void frozenSentinel_doesNotKeepANewClientAway() {
        // Given
        SENTINEL.pauseSentinel(0);

        // When
        try (var client = new RedisUnderTest(
                options(), MessagePublisherContract.RULES, new CommandLimits(RedisUnderTest.TIMEOUT, 100))) {

            // Then
            assertThat(client.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT);
        }
        SENTINEL.resumeSentinel(0);
        SENTINEL.awaitReady();
    }

    private CompletableFuture<PublishOutcome> publish(String id) {
        return redis.publisher.publish(new Message(channel, id, RawJson.ofString("x"), null, null, Instant.EPOCH));
    }

    private void awaitStored(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> publish(id).join() instanceof PublishOutcome.Stored);
    }

    private static final BrokerUnderTest BROKER = new BrokerOnRedis() {
        @Override
        RedisUnderTest redis() {
            return redis;
        }

        @Override
        public void forgetAll() {
            SENTINEL.execute(SENTINEL.primary(), "FLUSHALL");
        }

        @Override
        public void breakDown() {
            SENTINEL.pause(0);
            SENTINEL.pause(1);
        }

        @Override
        public void repair() {
            SENTINEL.resume(0);
            SENTINEL.resume(1);
            SENTINEL.awaitReady();
        }
    };

    @Nested
    class PublisherUnderSentinel extends MessagePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class SequencesUnderSentinel extends SequencePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class HistoryUnderSentinel extends ChannelHistoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class DirectoryUnderSentinel extends ChannelDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class LeasesUnderSentinel extends LeaseKeeperContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class InstancesUnderSentinel extends InstanceDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class RevocationsUnderSentinel extends RevocationLogContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ApiKeysUnderSentinel extends ApiKeyStoreContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class PublicKeysUnderSentinel extends PublicKeyBoardContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ConnectionsUnderSentinel extends ConnectionRegistryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class BudgetsUnderSentinel extends BudgetLedgerContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }
}
