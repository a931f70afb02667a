package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.StreamPosition;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopChannelTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final StreamPosition START = new StreamPosition("e", 0);

    private final HubFixture hub = new HubFixture();
    private final Fanout fanout = new Fanout(CHANNEL, false, hub.metrics, hub.traces);
    private final HubFixture.Recorder anna = new HubFixture.Recorder();
    private final HubFixture.Recorder bert = new HubFixture.Recorder();
    private long offset;

    @BeforeEach
    void resetOffset() {
        offset = 0;
    }

    private Subscription subscribed(HubFixture.Recorder recorder) {
        Subscription subscription = hub.loop.subscribe(CHANNEL, recorder);
        fanout.add(subscription.channel());
        attach(subscription, null);
        return subscription;
    }

    private void attach(Subscription subscription, @Nullable RequestId id) {
        fanout.attach(new Join(subscription, new StartPoint.Now(), id), START, false, List.of());
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            fanout.deliver(HubFixture.publication(CHANNEL, "e", ++offset));
        }
    }

    @Test
    void messagesOfOneTurn_areOneWritePerSubscriber() {
        // Given
        subscribed(anna);
        subscribed(bert);
        hub.turn();

        // When
        publish(3);
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
        assertThat(bert.messages()).containsExactly("m1", "m2", "m3");
        assertThat(anna.writes).isEqualTo(1);
        assertThat(bert.writes).isEqualTo(1);
    }

    @Test
    void messagesOfOneTurn_reachEveryLoop() {
        // Given
        var otherHub = new HubFixture();
        Subscription onOtherLoop = otherHub.loop.subscribe(CHANNEL, bert);
        fanout.add(onOtherLoop.channel());
        attach(onOtherLoop, null);
        subscribed(anna);
        publish(3);

        // When
        hub.turn();
        otherHub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
        assertThat(bert.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void messageAlone_isNotHeldBack() {
        // Given
        subscribed(anna);

        // When
        publish(1);
        hub.turn();
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2");
        assertThat(anna.writes).isEqualTo(2);
    }

    @Test
    void joiner_seesNothingFromBefore() {
        // Given
        subscribed(anna);
        publish(2);

        // When
        subscribed(bert);
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
        assertThat(bert.messages()).containsExactly("m3");
    }

    @Test
    void joinerWithId_isAcknowledgedBeforeTheFirstMessage() {
        // Given
        Subscription subscription = hub.loop.subscribe(CHANNEL, anna);
        fanout.add(subscription.channel());

        // When
        attach(subscription, new RequestId("1"));
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.texts).hasSize(2);
        assertThat(anna.texts.getFirst())
                .isEqualTo("{\"event\":\"subscribed\",\"channel\":\"c\",\"id\":1,\"epoch\":\"e\",\"offset\":0,"
                        + "\"recovered\":false}");
    }

    @Test
    void joiningAgain_isAcknowledgedAndDeliversOnce() {
        // Given
        Subscription subscription = subscribed(anna);

        // When
        attach(subscription, new RequestId("2"));
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.texts).hasSize(2);
        assertThat(anna.messages()).containsExactly("m1");
    }

    @Test
    void endedBeforeItWasAttached_seesNothing() {
        // Given
        Subscription subscription = subscribed(anna);

        // When
        boolean isLast = hub.loop.unsubscribe(subscription);
        publish(1);
        hub.turn();

        // Then
        assertThat(isLast).isTrue();
        assertThat(anna.texts).isEmpty();
    }

    @Test
    void whatWaited_isDeliveredBeforeTheEnd() {
        // Given
        Subscription subscription = subscribed(anna);
        subscribed(bert);
        hub.turn();
        publish(2);
        hub.loop.execute(() -> hub.loop.unsubscribe(subscription));

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2");
        assertThat(bert.messages()).containsExactly("m1", "m2", "m3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void comingAndGoing_neverLosesOrRepeatsForThoseWhoStay(long seed) {
        // Given
        var random = new Random(seed);
        var staying = new ArrayList<HubFixture.Recorder>();
        for (int i = 0; i < 5; i++) {
            staying.add(new HubFixture.Recorder());
            subscribed(staying.getLast());
        }
        var guests = new ArrayList<Subscription>();
        hub.turn();

        // When
        for (int step = 0; step < 500; step++) {
            switch (random.nextInt(4)) {
                case 0 -> guests.add(subscribed(new HubFixture.Recorder()));
                case 1 -> {
                    if (!guests.isEmpty()) {
                        hub.loop.unsubscribe(guests.remove(random.nextInt(guests.size())));
                    }
                }
                case 2 -> hub.turn();
                default -> publish(1 + random.nextInt(3));
            }
        }
        hub.turn();

        // Then
        List<String> all = new ArrayList<>();
        for (long i = 1; i <= offset; i++) {
            all.add("m" + i);
        }
        assertThat(staying)
                .allSatisfy(recorder -> assertThat(recorder.messages()).isEqualTo(all));
    }

    @Test
    void batch_isWrittenAtItsLimit() {
        // Given
        subscribed(anna);
        hub.turn();

        // When
        for (int i = 0; i < 100; i++) {
            fanout.deliverPlain("x".repeat(2000));
        }
        hub.turn();

        // Then
        assertThat(anna.messages()).hasSize(100);
        assertThat(anna.writes).isBetween(3, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 100, 101, 102, 65_000, 65_510, 65_511, 70_000})
    void everyLength_hasAValidHeader(int length) {
        // Given
        String text = "x".repeat(length);

        // When
        ByteBuf buffer = WireFrame.of(PublicationFrame.ofPlain(PublicationFrame.head(CHANNEL), text));

        // Then
        anna.send(buffer);
        buffer.release();
        assertThat(anna.messages()).containsExactly(text);
    }
}
