package dev.fanfare.testkit;

class InMemoryBudgetLedgerTest extends BudgetLedgerContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
