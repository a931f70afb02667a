package dev.fanfare.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.redis.keys.Partition;
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
import dev.fanfare.testkit.RedisCluster;
import dev.fanfare.testkit.RevocationLogContract;
import dev.fanfare.testkit.SequencePublisherContract;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The broker on a cluster of three primaries with a replica each.
class RedisClusterIT {

    @RegisterExtension
    static final RedisCluster CLUSTER = new RedisCluster(1);

    private static RedisUnderTest redis;

    private final Channel channel = new Channel("any." + UUID.randomUUID());

    @BeforeAll
    static void connect() {
        RedisOptions options = new RedisOptions()
                .setType(RedisClientType.CLUSTER)
                .setEndpoints(CLUSTER.uris().subList(0, 3));
        redis = new RedisUnderTest(
                        options, MessagePublisherContract.RULES, new CommandLimits(RedisUnderTest.TIMEOUT, 10_000))
                .warm();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void channelsOfAllPartitions_areServed() {
        // Given
        List<Channel> channels = LongStream.range(0, 1_000)
                .mapToObj(i -> new Channel(channel.name() + "." + i))
                .toList();
        assertThat(channels.stream().map(Partition::of).distinct().count()).isGreaterThan(240);

        // When
        List<CompletableFuture<PublishOutcome>> futures =
                channels.stream().map(each -> publish(each, 1)).toList();

        // Then
        assertThat(offsetsOf(futures)).containsOnly(1L);
    }

    @Test
    void slotThatMovesUnderLoad_losesNothingAndKeepsTheOrder() {
        // Given
        int slot = Partition.of(channel).slot();
        int from = CLUSTER.primaryOf(slot);
        // A third of the slots further another primary serves, whichever node that is by now.
        int to = CLUSTER.primaryOf((slot + 5_462) % 16_384);
        List<CompletableFuture<PublishOutcome>> futures = new ArrayList<>(publishAll(1, 300));
        futures.getFirst().join();

        // When
        CLUSTER.beginMove(slot, from, to);
        futures.addAll(publishAll(301, 400));
        CLUSTER.finishMove(slot, from, to);
        futures.addAll(publishAll(401, 500));

        // Then
        assertThat(offsetsOf(futures))
                .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(CLUSTER.primaryOf(slot)).isEqualTo(to);
        CLUSTER.moveSlot(slot, to, from);
        assertThat(offsetsOf(publishAll(501, 501))).containsExactly(501L);
    }

    @Test
    void deadPrimary_isReplacedAndTheOthersGoOnMeanwhile() {
        // Given
        int primary = CLUSTER.primaryOf(Partition.of(channel).slot());
        Channel elsewhere = LongStream.range(0, 1_000)
                .mapToObj(i -> new Channel(channel.name() + "." + i))
                .filter(each -> CLUSTER.primaryOf(Partition.of(each).slot()) != primary)
                .findFirst()
                .orElseThrow();
        publish(channel, 1).join();
        publish(elsewhere, 1).join();

        // When
        CLUSTER.kill(primary);

        // Then
        assertThat(publish(elsewhere, 2)).succeedsWithin(Duration.ofMillis(500));
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .until(() -> publish(channel, 2).join() instanceof PublishOutcome.Stored);
        CLUSTER.restart(primary);
        CLUSTER.awaitReady();
    }

    private static CompletableFuture<PublishOutcome> publish(Channel channel, int number) {
        return redis.publisher.publish(
                new Message(channel, "m" + number, RawJson.ofString("x"), null, null, Instant.EPOCH));
    }

    private List<CompletableFuture<PublishOutcome>> publishAll(int from, int to) {
        List<CompletableFuture<PublishOutcome>> futures = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            futures.add(publish(channel, i));
        }
        return futures;
    }

    private static List<Long> offsetsOf(List<CompletableFuture<PublishOutcome>> futures) {
        return futures.stream()
                .map(CompletableFuture::join)
                .map(outcome -> ((PublishOutcome.Stored) outcome).position().offset())
                .toList();
    }

    private static final BrokerUnderTest BROKER = new BrokerOnRedis() {
        @Override
        RedisUnderTest redis() {
            return redis;
        }

        @Override
        public void forgetAll() {
            CLUSTER.executeOnPrimaries("FLUSHALL");
        }

        @Override
        public void breakDown() {
            for (int i = 0; i < CLUSTER.size(); i++) {
                CLUSTER.kill(i);
            }
        }

        @Override
        public void repair() {
            for (int i = 0; i < CLUSTER.size(); i++) {
                CLUSTER.restart(i);
            }
            CLUSTER.awaitReady();
        }
    };

    @Nested
    class PublisherOnACluster extends MessagePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class SequencesOnACluster extends SequencePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class HistoryOnACluster extends ChannelHistoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class DirectoryOnACluster extends ChannelDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class LeasesOnACluster extends LeaseKeeperContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class InstancesOnACluster extends InstanceDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class RevocationsOnACluster extends RevocationLogContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ApiKeysOnACluster extends ApiKeyStoreContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class PublicKeysOnACluster extends PublicKeyBoardContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ConnectionsOnACluster extends ConnectionRegistryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class BudgetsOnACluster extends BudgetLedgerContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }
}
