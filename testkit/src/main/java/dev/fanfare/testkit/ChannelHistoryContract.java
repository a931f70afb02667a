package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.ChannelHistory] does.
public abstract class ChannelHistoryContract extends BrokerContract {

    @Test
    public void newChannel_hasAnEpochThatStays() {
        // Given
        Channel channel = newChannel("any");

        // When
        StreamPosition start = position(channel);

        // Then
        assertThat(start.offset()).isZero();
        assertThat(position(channel)).isEqualTo(start);
        assertThat(publish(channel, "a").isSameEpochAs(start)).isTrue();
    }

    @Test
    public void everythingAfterAPosition_comesInOrder() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 10);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), 6), 100));

        // Then
        assertThat(slice.top().position()).isEqualTo(top);
        assertThat(offsetsOf(slice)).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    public void start_isAPositionLikeEveryOther() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition start = position(channel);
        publishMany(channel, 3);

        // When
        HistorySlice slice = await(history().since(channel, start, 100));

        // Then
        assertThat(offsetsOf(slice)).containsExactly(1L, 2L, 3L);
    }

    @Test
    public void newestPosition_hasNothingAfterIt() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 3);

        // When
        HistorySlice slice = await(history().since(channel, top, 1));

        // Then
        assertNothingMissing(slice, top);
    }

    @Test
    public void exactlyTheLimit_isComplete() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 5);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), 2), 3));

        // Then
        assertThat(offsetsOf(slice)).containsExactly(3L, 4L, 5L);
    }

    @Test
    public void oneMoreThanTheLimit_isNothing() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 5);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), 1), 3));

        // Then
        assertUnrecoverable(slice, top, Reason.OVER_LIMIT);
    }

    @Test
    public void oldestKeptMessage_isTheLastThatCanBeRecovered() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition top = publishMany(channel, 12);

        // When
        HistorySlice oldest = await(history().since(channel, new StreamPosition(top.epoch(), 7), 100));
        HistorySlice tooOld = await(history().since(channel, new StreamPosition(top.epoch(), 6), 100));

        // Then
        assertThat(offsetsOf(oldest)).containsExactly(8L, 9L, 10L, 11L, 12L);
        assertUnrecoverable(tooOld, top, Reason.TOO_OLD);
    }

    @Test
    public void expiredStream_isTooOldAndKeepsItsEpoch() {
        // Given
        Channel channel = newChannel("brief");
        StreamPosition top = publishMany(channel, 3);

        // When
        broker().passTime(Duration.ofMillis(1100));
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), 2), 100));

        // Then
        assertUnrecoverable(slice, top, Reason.TOO_OLD);
        assertNothingMissing(await(history().since(channel, top, 100)), top);
    }

    @Test
    public void streamThatGoesOnAfterExpiry_hasNoHoleAtItsStart() {
        // Given
        Channel channel = newChannel("brief");
        StreamPosition before = publishMany(channel, 3);
        broker().passTime(Duration.ofMillis(1100));

        // When
        StreamPosition after = publish(channel, "after");

        // Then
        assertThat(before.isFollowedBy(after)).isTrue();
        assertThat(offsetsOf(await(history().since(channel, before, 100)))).containsExactly(4L);
        HistorySlice tooOld = await(history().since(channel, new StreamPosition(before.epoch(), 2), 100));
        assertUnrecoverable(tooOld, after, Reason.TOO_OLD);
    }

    @Test
    public void futureOffset_isRefused() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 3);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), 4), 100));

        // Then
        assertUnrecoverable(slice, top, Reason.OFFSET_IN_FUTURE);
    }

    @Test
    public void hugeOffset_isInTheFuture() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 3);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition(top.epoch(), Long.MAX_VALUE), 100));

        // Then
        assertUnrecoverable(slice, top, Reason.OFFSET_IN_FUTURE);
    }

    @Test
    public void unknownEpoch_isRefused() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 3);

        // When
        HistorySlice slice = await(history().since(channel, new StreamPosition("other", 3), 100));

        // Then
        assertUnrecoverable(slice, top, Reason.EPOCH_CHANGED);
    }

    @Test
    public void forgottenChannel_hasAnotherEpoch() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition before = publishMany(channel, 3);

        // When
        broker().forgetAll();
        HistorySlice slice = await(history().since(channel, before, 100));

        // Then
        assertThat(slice).isInstanceOfSatisfying(HistorySlice.Unrecoverable.class, lost -> {
            assertThat(lost.reason()).isEqualTo(Reason.EPOCH_CHANGED);
            assertThat(lost.top().position().offset()).isZero();
        });
    }

    @Test
    public void ephemeralChannel_knowsItsPositionAndKeepsNothing() {
        // Given
        Channel channel = newChannel("eph");
        StreamPosition start = position(channel);
        StreamPosition top = publishMany(channel, 2);

        // When
        HistorySlice slice = await(history().since(channel, start, 100));

        // Then
        assertUnrecoverable(slice, top, Reason.TOO_OLD);
        assertNothingMissing(await(history().since(channel, top, 100)), top);
    }

    @Test
    public void range_hasItsUpperEndAndNotItsLower() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 6);

        // When
        List<Publication> range = await(history().range(channel, 2, new StreamPosition(top.epoch(), 5)));

        // Then
        assertThat(offsetsOf(range)).containsExactly(3L, 4L, 5L);
    }

    @Test
    public void rangeThatIsTrimmed_lacksItsFront() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition top = publishMany(channel, 12);

        // When
        List<Publication> range = await(history().range(channel, 5, new StreamPosition(top.epoch(), 10)));

        // Then
        assertThat(offsetsOf(range)).containsExactly(8L, 9L, 10L);
    }

    @Test
    public void rangeOfAnotherEpoch_isEmpty() {
        // Given
        Channel channel = newChannel("any");
        publishMany(channel, 3);

        // When
        List<Publication> range = await(history().range(channel, 0, new StreamPosition("other", 3)));

        // Then
        assertThat(range).isEmpty();
    }

    @Test
    public void rangeOfAChannelThatKeepsNothing_isEmpty() {
        // Given
        Channel ephemeral = newChannel("eph");
        StreamPosition top = publishMany(ephemeral, 3);

        // Then
        assertThat(await(history().range(ephemeral, 0, top))).isEmpty();
        assertThat(await(history().range(newChannel("any"), 0, top))).isEmpty();
    }

    @Test
    public void pages_followEachOtherInBothDirections() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 10);

        // When
        var newest = new PageRequest(Direction.NEWEST_FIRST, null, null, 4, 1 << 20);
        HistoryPage.Found first = found(channel, newest);
        HistoryPage.Found second = found(
                channel,
                new PageRequest(Direction.NEWEST_FIRST, null, new StreamPosition(top.epoch(), 6), 100, 1 << 20));
        HistoryPage.Found part = found(
                channel,
                new PageRequest(
                        Direction.OLDEST_FIRST,
                        new StreamPosition(top.epoch(), 3),
                        new StreamPosition(top.epoch(), 8),
                        4,
                        1 << 20));

        // Then
        assertThat(first.top().position()).isEqualTo(top);
        assertThat(offsetsOf(first.publications())).containsExactly(10L, 9L, 8L, 7L);
        assertThat(first.isEnd()).isFalse();
        assertThat(offsetsOf(second.publications())).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(second.isEnd()).isTrue();
        assertThat(offsetsOf(part.publications())).containsExactly(4L, 5L, 6L, 7L);
        assertThat(part.isEnd()).isFalse();
    }

    @Test
    public void longPage_hasAllItsMessagesInOrder() {
        // Given
        Channel channel = newChannel("any");
        publishMany(channel, 100);

        // When
        HistoryPage.Found forwards = found(channel, new PageRequest(Direction.OLDEST_FIRST, null, null, 100, 1 << 20));
        HistoryPage.Found backwards = found(channel, new PageRequest(Direction.NEWEST_FIRST, null, null, 99, 1 << 20));

        // Then
        assertThat(offsetsOf(forwards.publications()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(forwards.isEnd()).isTrue();
        assertThat(offsetsOf(backwards.publications().reversed()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 100).boxed().toList());
        assertThat(backwards.isEnd()).isFalse();
    }

    @Test
    public void page_isBoundedInBytesAndHasAtLeastOneMessage() {
        // Given
        Channel channel = newChannel("any");
        publishMany(channel, 5);
        int each = StoredMessage.of(message(channel, "m1")).utf8().length;

        // When
        HistoryPage.Found two = found(channel, new PageRequest(Direction.OLDEST_FIRST, null, null, 100, 3 * each - 1));
        HistoryPage.Found three = found(channel, new PageRequest(Direction.NEWEST_FIRST, null, null, 100, 3 * each));
        HistoryPage.Found one = found(channel, new PageRequest(Direction.OLDEST_FIRST, null, null, 100, 1));

        // Then
        assertThat(offsetsOf(two.publications())).containsExactly(1L, 2L);
        assertThat(offsetsOf(three.publications())).containsExactly(5L, 4L, 3L);
        assertThat(offsetsOf(one.publications())).containsExactly(1L);
        assertThat(one.isEnd()).isFalse();
    }

    @Test
    public void pageAfterWhatIsNotKept_isToldAndOneWithoutPositionBeginsAtTheOldest() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition top = publishMany(channel, 12);

        // When
        HistoryPage tooOld = page(channel, new StreamPosition(top.epoch(), 6), 10);
        HistoryPage oldest = page(channel, new StreamPosition(top.epoch(), 7), 10);
        HistoryPage all = page(channel, null, 10);

        // Then
        assertThat(((HistoryPage.Unreadable) tooOld).reason()).isEqualTo(Reason.TOO_OLD);
        assertThat(oldest).isEqualTo(all);
        assertThat(offsetsOf(((HistoryPage.Found) all).publications())).containsExactly(8L, 9L, 10L, 11L, 12L);
    }

    @Test
    public void pageOfAnotherEpochOrTheFuture_isTold() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 3);

        // When
        HistoryPage other = page(channel, new StreamPosition("other", 1), 10);
        HistoryPage future = page(channel, new StreamPosition(top.epoch(), 4), 10);
        HistoryPage huge = page(channel, new StreamPosition(top.epoch(), 999_999_999_999_999_999L), 10);

        // Then
        assertThat(((HistoryPage.Unreadable) other).reason()).isEqualTo(Reason.EPOCH_CHANGED);
        assertThat(((HistoryPage.Unreadable) future).reason()).isEqualTo(Reason.OFFSET_IN_FUTURE);
        assertThat(((HistoryPage.Unreadable) huge).reason()).isEqualTo(Reason.OFFSET_IN_FUTURE);
    }

    @Test
    public void pageOfAnUnknownChannel_leavesNoTrace() {
        // Given
        Channel channel = newChannel("any");

        // When
        HistoryPage first = page(channel, null, 10);
        HistoryPage again = page(channel, null, 10);

        // Then
        assertThat(List.of(first, again)).containsOnly(new HistoryPage.Unknown());
    }

    @Test
    public void pageOfAChannelThatKeepsNothing_isEmpty() {
        // Given
        Channel ephemeral = newChannel("eph");
        StreamPosition top = publishMany(ephemeral, 3);

        // When
        HistoryPage all = page(ephemeral, null, 10);
        HistoryPage missing = page(ephemeral, new StreamPosition(top.epoch(), 2), 10);

        // Then
        assertThat(((HistoryPage.Found) all).publications()).isEmpty();
        assertThat(((HistoryPage.Found) all).isEnd()).isTrue();
        assertThat(((HistoryPage.Unreadable) missing).reason()).isEqualTo(Reason.TOO_OLD);
    }

    private HistoryPage page(Channel channel, @Nullable StreamPosition after, int limit) {
        return await(history().page(channel, new PageRequest(Direction.OLDEST_FIRST, after, null, limit, 1 << 20)));
    }

    private HistoryPage.Found found(Channel channel, PageRequest request) {
        return (HistoryPage.Found) await(history().page(channel, request));
    }

    @Test
    public void limitBelowOne_isAMistakeOfTheCaller() {
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 1);
        assertThatThrownBy(() -> await(history().since(channel, top, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition top = publishMany(channel, 1);

        // When
        broker().breakDown();

        // Then
        assertUnavailable(history().tip(channel));
        assertUnavailable(history().page(channel, new PageRequest(Direction.OLDEST_FIRST, null, null, 1, 1)));
        assertUnavailable(history().since(channel, top, 10));
        broker().repair();
        assertThat(position(channel).epoch()).isNotEmpty();
    }

    @Test
    public void publications_areChainedFromTheStartToTheTip() {
        // Given
        Channel channel = newChannel("any");
        Tip last = await(history().tip(channel));
        assertThat(last).isEqualTo(Tip.startOf(last.position().epoch()));
        publishMany(channel, 5);

        // When
        HistorySlice slice = await(history().since(channel, last.position(), 100));

        // Then
        for (Publication next : ((HistorySlice.Complete) slice).publications()) {
            assertThat(last.isFollowedBy(next)).isTrue();
            assertThat(next.previousTip()).isEqualTo(last);
            last = next.tip();
        }
        assertThat(slice.top()).isEqualTo(last);
        assertThat(await(history().tip(channel))).isEqualTo(last);
    }

    @Test
    public void repeatedPublish_leavesTheTipAsItIs() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "a");
        Tip tip = await(history().tip(channel));

        // When
        publish(channel, "a");

        // Then
        assertThat(await(history().tip(channel))).isEqualTo(tip);
    }

    private static void assertUnrecoverable(HistorySlice slice, StreamPosition top, Reason reason) {
        assertThat(slice).isInstanceOfSatisfying(HistorySlice.Unrecoverable.class, lost -> {
            assertThat(lost.top().position()).isEqualTo(top);
            assertThat(lost.reason()).isEqualTo(reason);
        });
    }

    private static void assertNothingMissing(HistorySlice slice, StreamPosition top) {
        assertThat(slice).isInstanceOfSatisfying(HistorySlice.Complete.class, complete -> {
            assertThat(complete.top().position()).isEqualTo(top);
            assertThat(complete.publications()).isEmpty();
        });
    }

    private static List<Long> offsetsOf(HistorySlice slice) {
        return offsetsOf(((HistorySlice.Complete) slice).publications());
    }

    private static List<Long> offsetsOf(List<Publication> publications) {
        return publications.stream()
                .map(Publication::position)
                .map(StreamPosition::offset)
                .toList();
    }
}
