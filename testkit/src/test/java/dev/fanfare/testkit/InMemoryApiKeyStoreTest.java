package dev.fanfare.testkit;

class InMemoryApiKeyStoreTest extends ApiKeyStoreContract {

    private final BrokerUnderTest broker = new InMemoryBrokerUnderTest();

    @Override
    protected BrokerUnderTest broker() {
        return broker;
    }
}
