package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.PublishOutcome.Stored;
import dev.fanfare.contract.broker.SequenceOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [SequencePublisher] does.
public abstract class SequencePublisherContract extends BrokerContract {

    @Test
    public void sequence_isStoredInItsOrderAndChained() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "before");
        Tip last = await(history().tip(channel));

        // When
        List<Stored> stored = publishAll(messages(channel, "s", 20));

        // Then
        assertThat(offsetsOf(stored))
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 21).boxed().toList());
        assertThat(stored).noneMatch(Stored::duplicate);
        List<Publication> publications = after(channel, last.position());
        assertThat(publications)
                .extracting(Publication::message)
                .containsExactlyElementsOf(messages(channel, "s", 20).stream()
                        .map(StoredMessage::of)
                        .toList());
        for (Publication next : publications) {
            assertThat(last.isFollowedBy(next)).isTrue();
            last = next.tip();
        }
        assertThat(await(history().tip(channel))).isEqualTo(last);
    }

    @Test
    public void sequencesAtTheSameTime_areNotMixed() {
        // Given
        Channel channel = newChannel("any");

        // When
        List<CompletableFuture<SequenceOutcome>> futures = IntStream.range(0, 40)
                .parallel()
                .mapToObj(n -> {
                    CompletableFuture<PublishOutcome> between = publisher().publish(message(channel, "one" + n));
                    return sequences()
                            .publishAll(messages(channel, "s" + n + ".", 10))
                            .thenCombine(between, (all, _) -> all);
                })
                .toList();
        List<List<Stored>> sequences = futures.stream()
                .map(BrokerContract::await)
                .map(SequencePublisherContract::stored)
                .toList();

        // Then
        for (List<Stored> sequence : sequences) {
            List<Long> offsets = offsetsOf(sequence);
            long first = offsets.getFirst();
            assertThat(offsets)
                    .containsExactlyElementsOf(
                            LongStream.range(first, first + 10).boxed().toList());
        }
        assertThat(position(channel).offset()).isEqualTo(440);
    }

    @Test
    public void sequenceAgain_isAnsweredWithItsFirstPositions() {
        // Given
        Channel channel = newChannel("any");
        List<Stored> first = publishAll(messages(channel, "s", 3));
        publish(channel, "between");

        // When
        List<Stored> again = publishAll(messages(channel, "s", 3));

        // Then
        assertThat(offsetsOf(again)).isEqualTo(offsetsOf(first));
        assertThat(again).allMatch(Stored::duplicate);
        assertThat(position(channel).offset()).isEqualTo(4);
    }

    @Test
    public void knownIdsInASequence_leaveNoHole() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "s1");

        // When
        List<Stored> stored = publishAll(messages(channel, "s", 3));

        // Then
        assertThat(offsetsOf(stored)).containsExactly(2L, 1L, 3L);
        assertThat(stored).extracting(Stored::duplicate).containsExactly(false, true, false);
    }

    @Test
    public void sameIdTwiceInASequence_isStoredOnce() {
        // Given
        Channel channel = newChannel("any");

        // When
        List<Stored> stored = publishAll(List.of(message(channel, "same"), message(channel, "same")));

        // Then
        assertThat(offsetsOf(stored)).containsExactly(1L, 1L);
        assertThat(stored).extracting(Stored::duplicate).containsExactly(false, true);
        assertThat(position(channel).offset()).isEqualTo(1);
    }

    @Test
    public void idsOfOtherMessages_refuseTheWholeSequence() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "s1");
        publish(channel, "s3");
        List<Message> sequence = messages(channel, "s", 5);
        sequence.set(1, withData(sequence.get(1), "other"));
        sequence.set(4, withData(message(channel, "s2"), "other"));

        // When
        SequenceOutcome outcome = await(sequences().publishAll(sequence));

        // Then
        assertThat(outcome).isEqualTo(new SequenceOutcome.IdsTaken(List.of(1, 4)));
        assertThat(position(channel).offset()).isEqualTo(2);
        assertThat(publishAll(messages(channel, "s", 3)))
                .extracting(Stored::duplicate)
                .containsExactly(false, true, false);
    }

    @Test
    public void sequenceLongerThanTheHistory_keepsItsEnd() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition start = position(channel);

        // When
        List<Stored> stored = publishAll(messages(channel, "s", 8));

        // Then
        assertThat(offsetsOf(stored)).endsWith(8L);
        assertThat(after(channel, new StreamPosition(start.epoch(), 3)))
                .extracting(publication -> publication.position().offset())
                .containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    public void ephemeralChannel_countsASequence() {
        // Given
        Channel channel = newChannel("eph");

        // When
        List<Stored> stored = publishAll(messages(channel, "s", 3));

        // Then
        assertThat(offsetsOf(stored)).containsExactly(1L, 2L, 3L);
    }

    @Test
    public void largestSequence_isTaken() {
        // Given
        Channel channel = newChannel("any");

        // When
        List<Stored> stored = publishAll(messages(channel, "s", SequencePublisher.MAX_MESSAGES));

        // Then
        assertThat(stored.getLast().position().offset()).isEqualTo(SequencePublisher.MAX_MESSAGES);
    }

    @Test
    public void emptyOrOversizeSequence_isAMistakeOfTheCaller() {
        Channel channel = newChannel("any");
        List<Message> tooMany = messages(channel, "s", SequencePublisher.MAX_MESSAGES + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> await(sequences().publishAll(List.of())));
        assertThatIllegalArgumentException().isThrownBy(() -> await(sequences().publishAll(tooMany)));
    }

    @Test
    public void brokenBroker_failsInTimeAndTheRepetitionIsStoredOnce() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "a");

        // When
        broker().breakDown();
        CompletableFuture<SequenceOutcome> lost = sequences().publishAll(messages(channel, "s", 3));

        // Then
        assertUnavailable(lost);
        broker().repair();
        List<Stored> again = publishAll(messages(channel, "s", 3));
        long first = again.getFirst().position().offset();
        assertThat(offsetsOf(again)).containsExactly(first, first + 1, first + 2);
    }

    private SequencePublisher sequences() {
        return broker().sequences();
    }

    private List<Stored> publishAll(List<Message> messages) {
        return stored(await(sequences().publishAll(messages)));
    }

    private static List<Stored> stored(SequenceOutcome outcome) {
        return ((SequenceOutcome.Stored) outcome).messages();
    }

    private static List<Message> messages(Channel channel, String prefix, int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(channel, prefix + i));
        }
        return messages;
    }

    private List<Publication> after(Channel channel, StreamPosition position) {
        return ((HistorySlice.Complete) await(history().since(channel, position, 1_000))).publications();
    }

    private static List<Long> offsetsOf(List<Stored> stored) {
        return stored.stream().map(each -> each.position().offset()).toList();
    }
}
