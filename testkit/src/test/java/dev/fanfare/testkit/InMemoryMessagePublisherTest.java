package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import java.time.Duration;

class InMemoryMessagePublisherTest extends MessagePublisherContract {

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(RULES, clock, IDEMPOTENCY_WINDOW);

    @Override
    protected MessagePublisher publisher() {
        return broker;
    }

    @Override
    protected ChannelHistory history() {
        return broker;
    }

    @Override
    protected LeaseKeeper leases() {
        return broker;
    }

    @Override
    protected void passTime(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void forgetAll() {
        broker.forgetAll();
    }

    @Override
    protected void breakDown() {
        broker.stop();
    }

    @Override
    protected void repair() {
        broker.resume();
    }
}
