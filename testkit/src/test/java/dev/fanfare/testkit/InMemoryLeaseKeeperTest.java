package dev.fanfare.testkit;

class InMemoryLeaseKeeperTest extends LeaseKeeperContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
