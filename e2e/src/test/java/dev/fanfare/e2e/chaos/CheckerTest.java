package dev.fanfare.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.chaos.Checker.Allowed;
import dev.fanfare.e2e.chaos.Checker.Outcome;
import dev.fanfare.e2e.chaos.StoredChannel.Stored;
import dev.fanfare.e2e.chaos.Writer.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The chaos proves something only if its judge sees what is wrong.
class CheckerTest {

    private static final String EPOCH = "epoch1";
    private static final Allowed NOTHING = new Allowed(Long.MAX_VALUE, false);
    private static final Allowed ANYTHING = new Allowed(Long.MIN_VALUE, true);

    private final Track track = new Track("follower 0", "chaos.c");

    @Test
    void everyMessageOnceAndInOrder_noViolation() {
        join(0);
        receive(1, 2, 3);

        assertThat(violations(NOTHING)).isEmpty();
    }

    @Test
    void resumedWithoutLoss_noViolationAndCounted() {
        join(0);
        receive(1);
        resume(true, 3);
        receive(2, 3);

        assertThat(violations(NOTHING)).isEmpty();
        assertThat(check(NOTHING).recovered()).isEqualTo(1);
    }

    @Test
    void messageMissing_isALoss() {
        join(0);
        receive(1, 3);

        assertThat(violations(ANYTHING)).singleElement().asString().contains("lost, untold");
    }

    @Test
    void messageTwice_isARepetition() {
        join(0);
        receive(1, 2, 2, 3);

        assertThat(violations(ANYTHING)).first().asString().contains("repeated");
    }

    @Test
    void messagesOutOfOrder_isALoss() {
        join(0);
        receive(2, 1, 3);

        assertThat(violations(ANYTHING)).isNotEmpty();
    }

    @Test
    void lastMessageMissing_isALoss() {
        join(0);
        receive(1, 2);

        assertThat(violations(ANYTHING)).singleElement().asString().contains("ended at");
    }

    @Test
    void otherEpochUntold_isAViolation() {
        join(0);
        receive(1);
        track.add(new Seen.Received(new StreamPosition("epoch2", 2), "n2", 2));

        assertThat(violations(ANYTHING)).singleElement().asString().contains("another epoch");
    }

    @Test
    void toldBeforeAnythingCouldBeLost_isAViolation() {
        join(0);
        receive(1);
        resume(false, 1);
        receive(2, 3);

        assertThat(violations(NOTHING)).singleElement().asString().contains("although nothing was lost");
    }

    @Test
    void toldAfterALoss_isCountedByReason() {
        join(0);
        receive(1);
        track.add(new Seen.Told("rewritten", new StreamPosition(EPOCH, 2)));
        receive(3);

        assertThat(violations(ANYTHING)).isEmpty();
        assertThat(check(ANYTHING).told()).containsEntry("rewritten", 1);
    }

    @Test
    void messageBeforeTheAnswer_isAViolation() {
        receive(1);

        assertThat(violations(ANYTHING)).isNotEmpty();
    }

    @Test
    void numberMissingInAnOffsetSequence_isAViolationOnlyWhereItMayNotBeLost() {
        join(0);
        receive(1);
        track.add(new Seen.Received(new StreamPosition(EPOCH, 2), "n3", 3));
        SortedMap<Long, Stored> kept = new TreeMap<>();
        kept.put(1L, new Stored("n1", 1));
        kept.put(2L, new Stored("n3", 3));
        var outcome = new Outcome(EPOCH, kept, List.of());

        assertThat(new Checker(outcome, NOTHING).check(track).violations()).isNotEmpty();
        Checker lenient = new Checker(outcome, ANYTHING).check(track);
        assertThat(lenient.violations()).isEmpty();
        assertThat(lenient.numbersMissing()).isEqualTo(1);
    }

    @Test
    void otherMessageThanTheChannelHolds_isAViolation() {
        join(0);
        receive(1, 2, 3);
        Outcome outcome = outcome();
        outcome.kept().put(2L, new Stored("n9", 9));

        assertThat(new Checker(outcome, ANYTHING).check(track).violations())
                .singleElement()
                .asString()
                .contains("where the channel holds");
    }

    @Test
    void acknowledgedButNotKept_isALossUnlessAllowed() {
        Outcome outcome = outcome();
        outcome.kept().remove(2L);

        assertThat(Checker.lostAcknowledged(outcome, NOTHING)).hasSize(1);
        assertThat(Checker.lostAcknowledged(outcome, ANYTHING)).isEmpty();
    }

    private void join(long offset) {
        track.add(new Seen.Joined(null, false, new StreamPosition(EPOCH, offset)));
    }

    private void resume(boolean isRecovered, long offset) {
        track.add(new Seen.Away());
        track.add(new Seen.Joined(track.position(), isRecovered, new StreamPosition(EPOCH, offset)));
    }

    private void receive(int... numbers) {
        for (int number : numbers) {
            track.add(new Seen.Received(new StreamPosition(EPOCH, number), "n" + number, number));
        }
    }

    private List<String> violations(Allowed allowed) {
        return check(allowed).violations();
    }

    private Checker check(Allowed allowed) {
        return new Checker(outcome(), allowed).check(track);
    }

    /// A channel with the messages 1, 2 and 3.
    private static Outcome outcome() {
        SortedMap<Long, Stored> kept = new TreeMap<>();
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            kept.put((long) number, new Stored("n" + number, number));
            acknowledged.add(new Acknowledged(number, new StreamPosition(EPOCH, number), 1));
        }
        return new Outcome(EPOCH, kept, acknowledged);
    }
}
