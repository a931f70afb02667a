package dev.fanfare.redis.topology;

import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.BrokerUnderTest;
import java.time.Duration;
import org.awaitility.Awaitility;

/// The broker on one Redis installation, for the contract tests.
abstract class BrokerOnRedis implements BrokerUnderTest {

    /// The clients that are connected to the installation.
    abstract RedisUnderTest redis();

    @Override
    public final MessagePublisher publisher() {
        return redis().publisher;
    }

    @Override
    public final SequencePublisher sequences() {
        return redis().publisher;
    }

    @Override
    public final ChannelHistory history() {
        return redis().history;
    }

    @Override
    public final ChannelDirectory directory() {
        return redis().directory;
    }

    @Override
    public final LeaseKeeper leases() {
        return redis().leases;
    }

    @Override
    public final InstanceDirectory instances() {
        return redis().instances;
    }

    @Override
    public final RevocationLog revocations() {
        return redis().revocations;
    }

    @Override
    public final ApiKeyStore apiKeys() {
        return redis().apiKeys;
    }

    @Override
    public final PublicKeyBoard publicKeys() {
        return redis().publicKeys;
    }

    @Override
    public final ConnectionRegistry connections() {
        return redis().connections;
    }

    @Override
    public final BudgetLedger budgets() {
        return redis().budgets;
    }

    @Override
    public final void passTime(Duration time) {
        Awaitility.await().pollDelay(time).timeout(time.plusSeconds(5)).until(() -> true);
    }
}
