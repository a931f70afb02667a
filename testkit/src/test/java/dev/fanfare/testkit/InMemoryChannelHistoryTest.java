package dev.fanfare.testkit;

class InMemoryChannelHistoryTest extends ChannelHistoryContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
