package dev.fanfare.testkit;

import static dev.fanfare.testkit.BrokerContract.IDEMPOTENCY_WINDOW;
import static dev.fanfare.testkit.BrokerContract.RULES;

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
import java.time.Duration;

/// The broker in memory, under a clock of its own.
final class InMemoryBrokerUnderTest implements BrokerUnderTest {

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(RULES, clock, IDEMPOTENCY_WINDOW);

    @Override
    public MessagePublisher publisher() {
        return broker;
    }

    @Override
    public SequencePublisher sequences() {
        return broker;
    }

    @Override
    public ChannelHistory history() {
        return broker;
    }

    @Override
    public ChannelDirectory directory() {
        return broker;
    }

    @Override
    public LeaseKeeper leases() {
        return broker;
    }

    @Override
    public InstanceDirectory instances() {
        return broker;
    }

    @Override
    public RevocationLog revocations() {
        return broker;
    }

    @Override
    public ApiKeyStore apiKeys() {
        return broker;
    }

    @Override
    public PublicKeyBoard publicKeys() {
        return broker;
    }

    @Override
    public ConnectionRegistry connections() {
        return broker;
    }

    @Override
    public BudgetLedger budgets() {
        return broker;
    }

    @Override
    public void passTime(Duration time) {
        clock.advance(time);
    }

    @Override
    public void forgetAll() {
        broker.forgetAll();
    }

    @Override
    public void breakDown() {
        broker.stop();
    }

    @Override
    public void repair() {
        broker.resume();
    }
}
