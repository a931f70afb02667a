package dev.fanfare.testkit;

class InMemoryConnectionRegistryTest extends ConnectionRegistryContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
