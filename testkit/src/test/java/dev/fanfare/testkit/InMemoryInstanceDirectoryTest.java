package dev.fanfare.testkit;

class InMemoryInstanceDirectoryTest extends InstanceDirectoryContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
