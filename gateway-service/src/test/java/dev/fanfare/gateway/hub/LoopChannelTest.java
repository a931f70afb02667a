package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.StreamPosition;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

    /// Hands messages over as [Fanout] does; returns their buffers.
    private List<ByteBuf> post(LoopChannel channel, int messages) {
        List<ByteBuf> buffers = IntStream.range(0, messages)
                .mapToObj(_ -> PublicationFrame.of(
                        PublicationFrame.head(CHANNEL), HubFixture.publication(CHANNEL, "e", ++offset)))
                .map(frame -> {
                    ByteBuf encoded = WireFrame.of(frame);
                    channel.post(frame, encoded, DeliveryTimes.UNKNOWN);
                    return encoded;
                })
                .toList();
        hub.turn();
        return buffers;
    }

    @Test
    void messagesThatEverybodyHas_areKeptNoLonger() {
        // Given
        LoopChannel channel = subscribed(anna).channel();
        subscribed(bert);

        // When
        List<ByteBuf> posted = post(channel, 3);

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
        assertThat(posted)
                .hasSize(3)
                .allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
        assertThat(anna.written.refCnt()).isZero();
    }

    @Test
    void messageForNobody_isNotKept() {
        // Given
        LoopChannel channel = hub.loop.subscribe(CHANNEL, anna).channel();

        // When
        List<ByteBuf> posted = post(channel, 1);

        // Then
        assertThat(anna.writes).isZero();
        assertThat(posted)
                .singleElement()
                .satisfies(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    @Test
    void eventForEverybody_comesAfterWhatWaits() {
        // Given
        subscribed(anna);
        hub.turn();

        // When
        publish(1);
        fanout.tellDiscontinuity(new StreamPosition("f", 0), HistorySlice.Reason.EPOCH_CHANGED);
        hub.turn();

        // Then
        assertThat(anna.texts)
                .satisfiesExactly(
                        message -> assertThat(message).contains("\"m1\""),
                        event -> assertThat(event).contains("discontinuity"));
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
    void joiningAgain_isAcknowledgedAfterWhatWaits() {
        // Given
        Subscription subscription = subscribed(anna);
        hub.turn();
        publish(1);

        // When
        attach(subscription, new RequestId("2"));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1");
        assertThat(anna.texts.getLast()).contains("\"event\":\"subscribed\"");
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

    /// More than are visited before the loop looks for what came meanwhile.
    private List<HubFixture.Recorder> crowd() {
        List<HubFixture.Recorder> crowd = IntStream.range(0, 3 * LoopHub.VISITS_PER_TURN)
                .mapToObj(_ -> new HubFixture.Recorder())
                .toList();
        crowd.forEach(this::subscribed);
        hub.turn();
        return crowd;
    }

    @Test
    void messageThatComesDuringTheWalk_isInTheWriteOfThoseWhoWaitForTheirTurn() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        crowd.getFirst().onWrite = () -> {
            crowd.getFirst().onWrite = () -> {};
            publish(1);
        };

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(crowd).allSatisfy(recorder -> assertThat(recorder.messages()).containsExactly("m1", "m2"));
        assertThat(crowd.getFirst().writes).isEqualTo(2);
        assertThat(crowd.getLast().writes).isEqualTo(1);
        assertThat(crowd.stream().mapToInt(recorder -> recorder.writes).sum())
                .isEqualTo(crowd.size() + LoopHub.VISITS_PER_TURN);
    }

    @Test
    void crowd_isNotServedBeforeTheFewOfAnotherChannel() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        var other = new Channel("other");
        var fanoutOfOther = new Fanout(other, false, hub.metrics, hub.traces);
        Subscription few = hub.loop.subscribe(other, anna);
        fanoutOfOther.add(few.channel());
        fanoutOfOther.attach(new Join(few, new StartPoint.Now(), null), START, false, List.of());
        hub.turn();
        var servedBefore = new AtomicLong();
        anna.onWrite = () -> servedBefore.set(
                crowd.stream().filter(recorder -> recorder.writes > 0).count());

        // When
        publish(1);
        fanoutOfOther.deliver(HubFixture.publication(other, "e", 1));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1");
        assertThat(servedBefore).hasValueLessThanOrEqualTo(LoopHub.VISITS_PER_TURN);
    }

    @Test
    void subscriberThatEndsDuringTheWalk_getsWhatWaitedAndKeepsNobodyFromIt() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        Subscription leaving = subscribed(anna);
        subscribed(bert);
        hub.turn();
        crowd.getFirst().onWrite = () -> hub.loop.unsubscribe(leaving);

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1");
        assertThat(bert.messages()).containsExactly("m1");
        assertThat(crowd).allSatisfy(recorder -> assertThat(recorder.messages()).containsExactly("m1"));
    }

    @Test
    void subscriberThatEndsAfterItsTurn_movesNobodyToWhereTheWalkHasBeen() {
        // Given
        List<HubFixture.Recorder> recorders =
                Stream.generate(HubFixture.Recorder::new).limit(10).toList();
        List<Subscription> subscriptions =
                recorders.stream().map(this::subscribed).toList();
        hub.turn();
        recorders.get(4).onWrite = () -> hub.loop.unsubscribe(subscriptions.get(2));

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(recorders)
                .allSatisfy(recorder -> assertThat(recorder.messages()).containsExactly("m1"));
    }

    @Test
    void loadThatNeverPauses_reachesEverybodyOnceAndInOrder() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        var rounds = new AtomicInteger(500);
        crowd.getFirst().onWrite = () -> {
            if (rounds.decrementAndGet() >= 0) {
                publish(20);
            }
        };

        // When
        publish(1);
        hub.turn();

        // Then
        List<String> all =
                LongStream.rangeClosed(1, offset).mapToObj(i -> "m" + i).toList();
        assertThat(offset).isEqualTo(10_001);
        assertThat(crowd).allSatisfy(recorder -> assertThat(recorder.messages()).isEqualTo(all));
    }

    @Test
    void hub_saysHowLongAMessageHasBeenOnItsWay() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        var during = new AtomicLong();
        crowd.getFirst().onWrite = () -> hub.loop.execute(() -> during.set(hub.loop.waitingNanos(System.nanoTime())));
        long before = System.nanoTime();

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(during).hasPositiveValue().hasValueLessThan(System.nanoTime() - before);
        assertThat(hub.loop.waitingNanos(System.nanoTime())).isZero();
        assertThat(hub.loop.isUpToDate()).isTrue();
    }

    @Test
    void walkThatBeginsAnew_isOnItsWayOnlySinceThen() {
        // Given
        List<HubFixture.Recorder> crowd = crowd();
        HubFixture.Recorder first = crowd.getFirst();
        var endOfRound = new AtomicLong();
        var waiting = new AtomicLong();
        var sinceEndOfRound = new AtomicLong();
        HubFixture.Recorder middle = crowd.get(crowd.size() / 2);
        middle.onWrite = () -> {
            middle.onWrite = () -> {};
            publish(1);
            first.onWrite = () -> hub.loop.execute(() -> {
                long now = System.nanoTime();
                waiting.set(hub.loop.waitingNanos(now));
                sinceEndOfRound.set(now - endOfRound.get());
            });
        };
        crowd.getLast().onWrite = () -> endOfRound.compareAndSet(0, System.nanoTime());

        // When
        publish(1);
        hub.turn();

        // Then
        assertThat(waiting).hasPositiveValue().hasValueLessThanOrEqualTo(sinceEndOfRound.get());
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
