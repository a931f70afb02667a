package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConflationTest {

    private static final Channel CHANNEL = new Channel("latest.price");

    private final HubFixture hub = new HubFixture();
    private final Fanout fanout = new Fanout(CHANNEL, false, hub.metrics, hub.traces);
    private final HubFixture.Recorder quick = new HubFixture.Recorder();
    private final HubFixture.Recorder slow = new HubFixture.Recorder();
    private long offset;

    @BeforeEach
    void subscribeBoth() {
        offset = 0;
        subscribed(quick);
        subscribed(slow);
    }

    private Subscription subscribed(HubFixture.Recorder recorder) {
        Subscription subscription = hub.loop.subscribe(CHANNEL, recorder);
        fanout.add(subscription.channel());
        var join = new Join(subscription, new StartPoint.Now(), null);
        fanout.attach(join, new StreamPosition("e", offset), false, List.of());
        hub.turn();
        return subscription;
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            fanout.deliver(HubFixture.publication(CHANNEL, "e", ++offset));
            hub.turn();
        }
    }

    @Test
    void subscriberWithoutRoom_getsTheNewestWithTheNumberThatWasLeftOut() {
        // Given
        slow.hasRoom = false;
        publish(5);
        hub.loop.catchUp();
        assertThat(slow.messages()).isEmpty();

        // When
        slow.hasRoom = true;
        hub.loop.catchUp();

        // Then
        assertThat(slow.texts).singleElement().asString().contains("\"offset\":5,\"skipped\":4}");
        assertThat(quick.messages()).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void subscriberThatCaughtUp_getsEachMessageAgain() {
        // Given
        slow.hasRoom = false;
        publish(2);
        slow.hasRoom = true;
        hub.loop.catchUp();

        // When
        publish(2);
        hub.loop.catchUp();

        // Then
        assertThat(slow.messages()).containsExactly("m2", "m3", "m4");
    }

    @Test
    void oneMessageLate_hasNothingLeftOut() {
        // Given
        slow.hasRoom = false;
        publish(1);
        slow.hasRoom = true;

        // When
        hub.loop.catchUp();

        // Then
        assertThat(slow.texts).singleElement().asString().contains("\"offset\":1}");
    }

    @Test
    void subscriberThatIsBehind_getsNoMessageOutOfOrder() {
        // Given
        slow.hasRoom = false;
        publish(1);

        // When: there is room again, but what was left out has not been told yet
        slow.hasRoom = true;
        publish(2);
        hub.loop.catchUp();

        // Then
        assertThat(slow.messages()).containsExactly("m3");
    }

    @Test
    void messageThatWaitsInTheBatch_isNotSentTwice() {
        // Given
        slow.hasRoom = false;
        publish(1);
        slow.hasRoom = true;
        fanout.deliver(HubFixture.publication(CHANNEL, "e", ++offset));
        fanout.deliver(HubFixture.publication(CHANNEL, "e", ++offset));

        // When
        hub.loop.execute(hub.loop::catchUp);
        hub.turn();

        // Then
        assertThat(slow.messages()).containsExactly("m3");
        assertThat(quick.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void thinnedLoop_sendsOnlyTheNewestToEverybody() {
        // Given
        hub.loop.thin(true);
        publish(4);
        assertThat(quick.messages()).isEmpty();

        // When
        hub.loop.catchUp();
        hub.loop.thin(false);
        publish(1);

        // Then
        assertThat(quick.messages()).containsExactly("m4", "m5");
    }

    @Test
    void discontinuity_isToldAlsoToWhoIsBehind() {
        // Given
        slow.hasRoom = false;
        publish(1);

        // When
        fanout.tellDiscontinuity(new StreamPosition("f", 0), HistorySlice.Reason.EPOCH_CHANGED);
        hub.turn();

        // Then
        assertThat(slow.texts).singleElement().asString().contains("discontinuity");
    }

    @Test
    void subscriberThatLeft_isNotWrittenTo() {
        // Given
        var gone = new HubFixture.Recorder();
        Subscription subscription = subscribed(gone);
        gone.hasRoom = false;
        publish(1);

        // When
        hub.loop.unsubscribe(subscription);
        gone.hasRoom = true;
        hub.loop.catchUp();

        // Then
        assertThat(gone.texts).isEmpty();
    }

    @Test
    void orderedChannel_asksNobodyForRoom() {
        // Given
        var ordered = new Channel("ordered");
        var fanoutOfOrdered = new Fanout(ordered, false, hub.metrics, hub.traces);
        Subscription subscription = hub.loop.subscribe(ordered, slow);
        fanoutOfOrdered.add(subscription.channel());
        fanoutOfOrdered.attach(
                new Join(subscription, new StartPoint.Now(), null), new StreamPosition("e", 0), false, List.of());
        slow.hasRoom = false;

        // When
        fanoutOfOrdered.deliver(HubFixture.publication(ordered, "e", 1));
        hub.turn();

        // Then
        assertThat(slow.messages()).containsExactly("m1");
    }
}
