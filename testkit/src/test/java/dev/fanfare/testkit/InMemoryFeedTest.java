package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InMemoryFeedTest extends ChannelFeedContract {

    private final InMemoryBroker broker =
            new InMemoryBroker(new ChannelRules(List.of()), new VirtualClock(), Duration.ofMinutes(5));

    @Override
    protected ChannelFeed feed() {
        return broker;
    }

    @Override
    protected MessagePublisher publisher() {
        return broker;
    }

    @Override
    protected void publishPlain(Channel channel, String text) {
        broker.publishPlain(channel, text);
    }

    @Override
    protected void cut() {
        broker.loseFeed();
    }

    @Override
    protected void mend() {
        broker.regainFeed();
    }

    @Test
    void subscribeWhileLost_completesOnlyWhenRegained() {
        // Given
        broker.loseFeed();

        // When
        CompletableFuture<Void> subscribed = broker.subscribe(new Channel("a"));

        // Then
        assertThat(subscribed).isNotDone();
        broker.regainFeed();
        assertThat(subscribed).isCompleted();
    }
}
