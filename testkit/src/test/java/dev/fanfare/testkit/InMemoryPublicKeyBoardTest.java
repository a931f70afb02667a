package dev.fanfare.testkit;

class InMemoryPublicKeyBoardTest extends PublicKeyBoardContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
