package dev.fanfare.testkit;

class InMemoryMessagePublisherTest extends MessagePublisherContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
