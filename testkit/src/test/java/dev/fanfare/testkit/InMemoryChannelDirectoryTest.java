package dev.fanfare.testkit;

class InMemoryChannelDirectoryTest extends ChannelDirectoryContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
