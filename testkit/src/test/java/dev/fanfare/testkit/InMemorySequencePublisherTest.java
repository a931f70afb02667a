package dev.fanfare.testkit;

class InMemorySequencePublisherTest extends SequencePublisherContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
