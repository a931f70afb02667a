package dev.fanfare.testkit;

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

/// A broker that is put to the contract tests, and what they do to it.
///
/// It is set up with `RULES` and `IDEMPOTENCY_WINDOW` of the contracts.
public interface BrokerUnderTest {

    MessagePublisher publisher();

    SequencePublisher sequences();

    ChannelHistory history();

    ChannelDirectory directory();

    LeaseKeeper leases();

    InstanceDirectory instances();

    RevocationLog revocations();

    ApiKeyStore apiKeys();

    PublicKeyBoard publicKeys();

    ConnectionRegistry connections();

    BudgetLedger budgets();

    /// Lets time pass for the broker.
    void passTime(Duration time);

    /// Makes the broker forget all, and nothing else.
    void forgetAll();

    /// Makes the broker fail, until [#repair].
    void breakDown();

    void repair();
}
