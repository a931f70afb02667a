package dev.fanfare.testkit;

class InMemoryRevocationLogTest extends RevocationLogContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
