package dev.fanfare.gateway.recovery;

import static dev.fanfare.gateway.hub.HubFixture.publication;
import static dev.fanfare.gateway.hub.HubFixture.tip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.gateway.hub.Fanout;
import dev.fanfare.gateway.hub.HubFixture;
import dev.fanfare.gateway.hub.Join;
import dev.fanfare.gateway.hub.Subscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTimelineTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final Instant NOW = Instant.ofEpochMilli(10_000);

    private final HubFixture hub = new HubFixture();
    private final HistoryByHand history = new HistoryByHand();
    private final List<Runnable> later = new ArrayList<>();
    private final HubFixture.Recorder anna = new HubFixture.Recorder();
    private final ChannelTimeline timeline = new ChannelTimeline(
            CHANNEL,
            new Fanout(CHANNEL, false, hub.metrics, hub.traces),
            history,
            new Bounds(1000, 64 * 1024),
            new RecoveryMetrics(new SimpleMeterRegistry()),
            later::add,
            () -> NOW);

    private void join(HubFixture.Recorder recorder) {
        join(recorder, new StartPoint.Now());
    }

    private void join(HubFixture.Recorder recorder, StartPoint start) {
        Subscription subscription = hub.loop.subscribe(CHANNEL, recorder);
        timeline.addLoop(subscription.channel());
        timeline.join(new Join(subscription, start, new RequestId("1")));
    }

    private void live(String epoch, long... offsets) {
        for (long offset : offsets) {
            timeline.onPublication(publication(CHANNEL, epoch, offset));
        }
        hub.turn();
    }

    private void openedAt(long offset) {
        join(anna);
        timeline.open();
        history.answer(tip("e", offset));
        hub.turn();
    }

    private static StartPoint after(String epoch, long offset) {
        return new StartPoint.After(new StreamPosition(epoch, offset), null);
    }

    private static List<Publication> stored(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(offset -> publication(CHANNEL, "e", offset))
                .toList();
    }

    private static HistorySlice complete(String epoch, long from, long to) {
        List<Publication> publications = LongStream.rangeClosed(from, to)
                .mapToObj(offset -> publication(CHANNEL, epoch, offset))
                .toList();
        return new HistorySlice.Complete(tip(epoch, to), publications);
    }

    @Test
    void joiner_waitsForThePositionAndIsToldIt() {
        // Given
        join(anna);
        timeline.open();
        hub.turn();
        assertThat(anna.texts).isEmpty();

        // When
        history.answer(tip("e", 7));
        hub.turn();

        // Then
        assertThat(anna.texts).singleElement().asString().contains("\"offset\":7", "\"epoch\":\"e\"");
    }

    @Test
    void whatArrivedWhileOpening_isDeliveredOnceAfterThePosition() {
        // Given
        join(anna);
        timeline.open();
        live("e", 6, 7, 8);

        // When
        history.answer(tip("e", 7));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m8");
    }

    @Test
    void plainMessageWhileOpening_isNotLost() {
        // Given
        join(anna);
        timeline.open();
        timeline.onPlainMessage("hello");

        // When
        history.answer(tip("e", 0));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("hello");
    }

    @Test
    void positionThatCannotBeRead_isReadAgain() {
        // Given
        join(anna);
        timeline.open();

        // When
        history.fail();
        later.removeFirst().run();
        history.answer(tip("e", 3));
        hub.turn();

        // Then
        assertThat(anna.texts).singleElement().asString().contains("\"offset\":3");
    }

    @Test
    void messagesInOrder_areDeliveredWithoutReading() {
        // Given
        openedAt(0);

        // When
        live("e", 1, 2, 3);

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
        assertThat(history.reads).isEmpty();
    }

    @Test
    void repeatedMessage_isDropped() {
        // Given
        openedAt(0);

        // When
        live("e", 1, 2, 2, 1, 3);

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void gap_isReadBeforeAnythingNewerGoesOut() {
        // Given
        openedAt(0);
        live("e", 1);

        // When
        live("e", 4, 5);
        assertThat(anna.messages()).containsExactly("m1");
        history.answer(complete("e", 2, 4));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void joinerDuringRepair_startsWhereTheOthersStand() {
        // Given
        openedAt(0);
        live("e", 1, 4);
        var bert = new HubFixture.Recorder();
        join(bert);

        // When
        history.answer(complete("e", 2, 4));
        hub.turn();

        // Then
        assertThat(bert.texts.getFirst()).contains("\"offset\":1");
        assertThat(bert.messages()).containsExactly("m2", "m3", "m4");
    }

    @Test
    void regainedFeed_isRepairedEvenIfNothingNewComes() {
        // Given
        openedAt(0);
        live("e", 1);

        // When
        timeline.onRegained();
        history.answer(complete("e", 2, 3));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void feedLostDuringRepair_isRepairedOnceMore() {
        // Given
        openedAt(0);
        timeline.onRegained();
        timeline.onRegained();

        // When
        history.answer(complete("e", 1, 1));
        history.answer(complete("e", 2, 2));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2");
    }

    @Test
    void readThatFails_isTriedAgainAndLosesNothing() {
        // Given
        openedAt(0);
        live("e", 3);

        // When
        history.fail();
        later.removeFirst().run();
        history.answer(complete("e", 1, 2));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void unrecoverableGap_isToldAndDeliveryGoesOnWithAllThatIsThere() {
        // Given
        openedAt(5);

        // When
        live("f", 1, 2);
        history.answer(new HistorySlice.Unrecoverable(tip("f", 2), HistorySlice.Reason.EPOCH_CHANGED));
        hub.turn();

        // Then
        assertThat(anna.texts.get(1))
                .isEqualTo("{\"event\":\"discontinuity\",\"channel\":\"c\",\"epoch\":\"f\",\"offset\":0,"
                        + "\"reason\":\"epoch-changed\"}");
        assertThat(anna.messages()).containsExactly("m1", "m2");
    }

    @Test
    void messageFromBeforeALoss_holdsNobodyUp() {
        // Given
        openedAt(5);
        timeline.onRegained();
        live("e", 6);
        live("f", 1);

        // When
        history.answer(new HistorySlice.Unrecoverable(tip("f", 1), HistorySlice.Reason.EPOCH_CHANGED));
        hub.turn();

        // Then
        assertThat(timeline.isLive()).isTrue();
        assertThat(anna.texts.get(1)).contains("discontinuity", "epoch-changed", "\"offset\":0");
        assertThat(anna.messages()).containsExactly("m1");
    }

    @Test
    void messageThatNoRepairLeadsTo_isDroppedAfterTenAndHoldsNobodyUpLonger() {
        // Given
        openedAt(5);
        timeline.onRegained();
        live("e", 6);
        var bert = new HubFixture.Recorder();
        history.answer(new HistorySlice.Unrecoverable(tip("f", 0), HistorySlice.Reason.EPOCH_CHANGED));

        // When
        history.answer(new HistorySlice.Complete(tip("f", 0), List.of()));
        int repairs = 1;
        while (!timeline.isLive()) {
            later.removeFirst().run();
            history.answer(new HistorySlice.Complete(tip("f", 0), List.of()));
            repairs++;
        }
        join(bert);
        live("f", 1);

        // Then
        assertThat(repairs).isEqualTo(10);
        assertThat(bert.messages()).containsExactly("m1");
        assertThat(anna.messages()).containsExactly("m1");
    }

    @Test
    void moreThanFitsWhileReading_isReadAgain() {
        // Given
        openedAt(0);
        live("e", 2);
        for (long offset = 3; offset <= 2000; offset++) {
            timeline.onPublication(publication(CHANNEL, "e", offset));
        }

        // When
        history.answer(complete("e", 1, 1));
        assertThat(history.reads.getLast().offset()).isBetween(2L, 1998L);
        history.answer(complete("e", history.reads.getLast().offset() + 1, 2000));
        hub.turn();

        // Then
        assertThat(anna.messages()).hasSize(2000).doesNotHaveDuplicates().endsWith("m2000");
    }

    @Test
    void resume_getsExactlyWhatWasMissedAndThenLive() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 7));
        live("e", 11);

        // When
        history.answer(stored(8, 10));
        live("e", 12);

        // Then
        assertThat(bert.texts.getFirst()).contains("\"recovered\":true", "\"offset\":11");
        assertThat(bert.messages()).containsExactly("m8", "m9", "m10", "m11", "m12");
        assertThat(anna.messages()).containsExactly("m11", "m12");
    }

    @Test
    void manyResumes_costOneRead() {
        // Given
        openedAt(10);
        var clients = new ArrayList<HubFixture.Recorder>();
        for (int i = 0; i < 1000; i++) {
            clients.add(new HubFixture.Recorder());
            join(clients.getLast(), after("e", 5 + i % 3));
        }

        // When
        history.answer(stored(6, 10));
        live("e", 11);
        var late = new HubFixture.Recorder();
        join(late, after("e", 9));
        hub.turn();

        // Then
        assertThat(history.pastReads).containsExactly(5L);
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.messages())
                        .hasSizeBetween(4, 6)
                        .doesNotHaveDuplicates()
                        .endsWith("m10", "m11"));
        assertThat(late.messages()).containsExactly("m10", "m11");
    }

    @Test
    void resumeFromFurtherBackDuringARead_isReadNext() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        var carl = new HubFixture.Recorder();
        join(bert, after("e", 9));
        join(carl, after("e", 3));

        // When
        history.answer(stored(10, 10));
        history.answer(stored(4, 10));
        hub.turn();

        // Then
        assertThat(history.pastReads).containsExactly(9L, 3L);
        assertThat(bert.messages()).containsExactly("m10");
        assertThat(carl.messages()).hasSize(7).startsWith("m4");
    }

    @Test
    void resumeFromWhereWeStand_readsNothing() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();

        // When
        join(bert, after("e", 10));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":true");
        assertThat(history.pastReads).isEmpty();
    }

    @Test
    void trimmedPast_isNotRecoveredAndHasNoBacklog() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 5));

        // When
        history.answer(stored(8, 10));
        live("e", 11);

        // Then
        assertThat(bert.texts.getFirst()).contains("\"recovered\":false", "\"offset\":10");
        assertThat(bert.messages()).containsExactly("m11");
    }

    @Test
    void resumeFromTooFarBack_isNotRecoveredWithoutReading() {
        // Given
        openedAt(5000);
        var bert = new HubFixture.Recorder();

        // When
        join(bert, after("e", 3999));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false");
        assertThat(history.pastReads).isEmpty();
    }

    @Test
    void positionOfAnotherEpoch_isNotRecovered() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("x", 5));

        // When
        history.answer(tip("e", 10));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false", "\"epoch\":\"e\"");
    }

    @Test
    void futurePosition_isNotRecoveredAndHoldsNobodyUp() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 99));
        live("e", 11);
        assertThat(anna.messages()).containsExactly("m11");

        // When
        history.answer(tip("e", 11));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false", "\"offset\":11");
    }

    @Test
    void clientThatAnotherGatewayServedFurther_isNotServedTwice() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 12));

        // When
        history.answer(tip("e", 12));
        history.answer(complete("e", 11, 12));
        live("e", 13);

        // Then
        assertThat(bert.texts.getFirst()).contains("\"recovered\":true", "\"offset\":12");
        assertThat(bert.messages()).containsExactly("m13");
        assertThat(anna.messages()).containsExactly("m11", "m12", "m13");
    }

    @Test
    void rewind_getsTheNewestThatAreKept() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        var carl = new HubFixture.Recorder();
        join(bert, new StartPoint.Newest(2));
        join(carl, new StartPoint.Newest(500));

        // When
        history.answer(stored(9, 10));
        history.answer(stored(4, 10));
        hub.turn();

        // Then
        assertThat(bert.messages()).containsExactly("m9", "m10");
        assertThat(carl.messages()).hasSize(7).startsWith("m4");
        assertThat(carl.texts.getFirst()).contains("\"recovered\":true");
    }

    @Test
    void rewindByAge_getsWhatIsYoungEnough() {
        // Given
        openedAt(10_000);
        var bert = new HubFixture.Recorder();
        join(bert, new StartPoint.Within(Duration.ofSeconds(1)));

        // When
        history.answer(stored(9_001, 10_000));
        hub.turn();

        // Then
        assertThat(history.pastReads).containsExactly(9_000L);
        assertThat(bert.messages()).hasSize(1000).startsWith("m9001");
    }

    @Test
    void pastThatCannotBeRead_isReadAgain() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 9));

        // When
        history.fail();
        live("e", 11);
        later.removeFirst().run();
        history.answer(stored(10, 11));
        hub.turn();

        // Then
        assertThat(bert.messages()).containsExactly("m10", "m11");
    }

    @Test
    void resumeThatFallsOutOfReachWhileRedisIsAway_isNotRecoveredAndReadsNothingMore() {
        // Given
        openedAt(1000);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 5));
        for (long offset = 1001; offset <= 1010; offset++) {
            live("e", offset);
        }

        // When
        history.fail();
        later.removeFirst().run();
        hub.turn();

        // Then
        assertThat(history.pastReads).containsExactly(5L);
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false", "\"offset\":1010");
    }

    @Test
    void lossWhileSomebodyResumes_isNotRecovered() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 9));
        live("f", 1);

        // When
        history.answer(new HistorySlice.Unrecoverable(tip("f", 1), HistorySlice.Reason.EPOCH_CHANGED));
        history.answer(stored(10, 10));
        history.answer(tip("f", 1));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false", "\"epoch\":\"f\"");
    }

    /// A publication of another primary, which never had `e<offset>`.
    private static Publication rewritten(long offset, String previousMark) {
        Publication first = publication(CHANNEL, "e", offset);
        return new Publication(first.position(), "x" + offset, previousMark, first.message());
    }

    @Test
    void messageThatRedisLostAndWroteAnew_isTold() {
        // Given
        openedAt(0);
        live("e", 1, 2);
        timeline.onRegained();
        Publication next = rewritten(3, "x2");
        timeline.onPublication(next);

        // When
        history.answer(new HistorySlice.Complete(next.tip(), List.of(next)));
        hub.turn();

        // Then
        assertThat(anna.texts.get(3)).contains("discontinuity", "rewritten", "\"offset\":2");
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void otherMessageAtTheOffsetThatWasServedLast_isTold() {
        // Given
        openedAt(0);
        live("e", 1, 2);
        Publication another = rewritten(2, "e1");

        // When
        timeline.onPublication(another);
        history.answer(new HistorySlice.Complete(another.tip(), List.of()));
        hub.turn();

        // Then
        assertThat(anna.texts.get(3)).contains("discontinuity", "rewritten", "\"offset\":1");
    }

    @Test
    void nextOffsetThatFollowsAnotherMessage_isReadUntilThePrimaryOfTheFeedAnswers() {
        // Given
        openedAt(0);
        live("e", 1, 2);
        Publication next = rewritten(3, "x2");

        // When: the old primary answers, and only then the new one
        timeline.onPublication(next);
        history.answer(new HistorySlice.Complete(tip("e", 2), List.of()));
        assertThat(history.hasOpenQuestions()).isFalse();
        later.removeFirst().run();
        history.answer(new HistorySlice.Complete(next.tip(), List.of(next)));
        hub.turn();

        // Then
        assertThat(anna.texts.get(3)).contains("discontinuity", "rewritten", "\"offset\":2");
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void quietChannelWhoseLastMessageWasTakenBack_isTold() {
        // Given
        openedAt(0);
        live("e", 1, 2);
        timeline.checkPosition();

        // When
        timeline.checkPosition();
        Tip top = rewritten(2, "e1").tip();
        history.answer(top);
        history.answer(new HistorySlice.Complete(top, List.of()));
        hub.turn();

        // Then
        assertThat(anna.texts.getLast()).contains("discontinuity", "rewritten", "\"offset\":2");
    }

    @Test
    void pastThatDoesNotLeadToWhatWasServed_isNotRecovered() {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, after("e", 8));

        // When
        history.answer(List.of(publication(CHANNEL, "e", 9), rewritten(10, "e9")));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":false");
    }

    @Test
    void offsetThatWentBack_isTold() {
        // Given
        openedAt(0);
        live("e", 1, 2);
        timeline.onRegained();

        // When
        history.answer(new HistorySlice.Unrecoverable(tip("e", 1), HistorySlice.Reason.OFFSET_IN_FUTURE));
        live("e", 2);

        // Then
        assertThat(anna.texts.get(3)).contains("discontinuity", "offset-in-future", "\"offset\":1");
        assertThat(anna.messages()).containsExactly("m1", "m2", "m2");
    }

    @ParameterizedTest
    @CsvSource({"e7, true", "other, false"})
    void resumeWithMessageId_isComparedWithWhatIsStored(String id, boolean isRecovered) {
        // Given
        openedAt(10);
        var bert = new HubFixture.Recorder();
        join(bert, new StartPoint.After(new StreamPosition("e", 7), id));

        // When
        history.answer(stored(7, 10));
        hub.turn();

        // Then
        assertThat(history.pastReads).containsExactly(6L);
        assertThat(bert.texts.getFirst()).contains("\"recovered\":" + isRecovered);
        assertThat(bert.messages()).hasSize(isRecovered ? 3 : 0);
    }

    @Test
    void resumeWithTheIdThatWasServedLast_readsNothing() {
        // Given
        openedAt(10);
        live("e", 11);
        var bert = new HubFixture.Recorder();

        // When
        join(bert, new StartPoint.After(new StreamPosition("e", 11), "e11"));
        hub.turn();

        // Then
        assertThat(bert.texts).singleElement().asString().contains("\"recovered\":true");
        assertThat(history.pastReads).isEmpty();
    }

    @Test
    void quietChannel_isComparedWithRedisOncePerInterval() {
        // Given
        openedAt(10);
        timeline.checkPosition();

        // When
        timeline.checkPosition();
        history.answer(tip("e", 11));
        history.answer(complete("e", 11, 11));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m11");
    }

    @Test
    void busyChannel_isNotCompared() {
        // Given
        openedAt(10);
        timeline.checkPosition();
        live("e", 11);

        // When
        timeline.checkPosition();

        // Then
        assertThat(history.hasOpenQuestions()).isFalse();
    }

    @Test
    void closedTimeline_ignoresWhatStillComes() {
        // Given
        openedAt(0);

        // When
        timeline.close();
        timeline.onRegained();
        live("e", 1, 5);

        // Then
        assertThat(anna.messages()).isEmpty();
        assertThat(history.reads).isEmpty();
    }

    private record Bounds(int maxRepairMessages, int bufferBytes) implements RecoveryConfig {

        @Override
        public MemorySize maxBufferedBytes() {
            return new MemorySize(BigInteger.valueOf(bufferBytes));
        }

        @Override
        public Duration retryDelay() {
            return Duration.ofMillis(1);
        }

        @Override
        public int maxBacklogMessages() {
            return 1000;
        }

        @Override
        public MemorySize maxBacklogBytes() {
            return maxBufferedBytes();
        }

        @Override
        public Duration recentTtl() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration positionCheckInterval() {
            return Duration.ofSeconds(1);
        }
    }

    /// A history that answers when the test says so, in the order of the questions.
    private static final class HistoryByHand implements ChannelHistory {

        final List<StreamPosition> reads = new ArrayList<>();
        private final Deque<CompletableFuture<Tip>> positions = new ArrayDeque<>();
        final List<Long> pastReads = new ArrayList<>();
        private final Deque<CompletableFuture<List<Publication>>> pasts = new ArrayDeque<>();
        private final Deque<CompletableFuture<HistorySlice>> slices = new ArrayDeque<>();

        @Override
        public CompletableFuture<Tip> tip(Channel channel) {
            positions.add(new CompletableFuture<>());
            return positions.getLast();
        }

        @Override
        public CompletableFuture<HistorySlice> since(Channel channel, StreamPosition since, int limit) {
            reads.add(since);
            slices.add(new CompletableFuture<>());
            return slices.getLast();
        }

        @Override
        public CompletableFuture<List<Publication>> range(Channel channel, long after, StreamPosition upTo) {
            pastReads.add(after);
            pasts.add(new CompletableFuture<>());
            return pasts.getLast();
        }

        @Override
        public CompletableFuture<HistoryPage> page(Channel channel, PageRequest request) {
            throw new UnsupportedOperationException("nobody pages here");
        }

        void answer(List<Publication> past) {
            pasts.remove().complete(past);
        }

        void answer(Tip tip) {
            positions.remove().complete(tip);
        }

        void answer(HistorySlice slice) {
            slices.remove().complete(slice);
        }

        boolean hasOpenQuestions() {
            return !positions.isEmpty() || !slices.isEmpty() || !pasts.isEmpty();
        }

        void fail() {
            var failure = new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer");
            if (!pasts.isEmpty()) {
                pasts.remove().completeExceptionally(failure);
            } else if (positions.isEmpty()) {
                slices.remove().completeExceptionally(failure);
            } else {
                positions.remove().completeExceptionally(failure);
            }
        }
    }
}
