package dev.fanfare.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollTest {

    private final Roll roll = new Roll();

    @BeforeEach
    void open() {
        roll.open();
    }

    private static ConnectionChange opened(@Nullable String subject, String id, int subscriptions) {
        return new ConnectionChange.Opened(
                new OpenConnection(id, subject, "::1", Instant.EPOCH, "plain", subscriptions, List.of()));
    }

    private static ConnectionChange gone(@Nullable String subject, String id) {
        return new ConnectionChange.Gone(subject, id);
    }

    @Test
    void changesOfOneConnection_leaveTheLast() {
        // When
        roll.add(opened("alice", "a", 1));
        roll.add(opened("bert", "b", 1));
        roll.add(opened("alice", "a", 2));

        // Then
        assertThat(roll.take(10)).containsExactly(opened("alice", "a", 2), opened("bert", "b", 1));
        assertThat(roll.take(10)).isEmpty();
    }

    @Test
    void connectionThatGoesBeforeItWasTold_isToldAsGone() {
        // When
        roll.add(opened("alice", "a", 1));
        roll.add(gone("alice", "a"));

        // Then
        assertThat(roll.take(10)).containsExactly(gone("alice", "a"));
    }

    @Test
    void strangerWhoShowsAToken_isGoneUnderNoSubject() {
        // When
        roll.add(gone(null, "a"));
        roll.add(opened("alice", "a", 1));

        // Then
        assertThat(roll.take(10)).containsExactly(gone(null, "a"), opened("alice", "a", 1));
    }

    @Test
    void take_leavesTheRestInItsOrder() {
        // Given
        for (int i = 0; i < 5; i++) {
            roll.add(gone("alice", "c" + i));
        }

        // When, Then
        assertThat(roll.take(3)).extracting(ConnectionChange::id).containsExactly("c0", "c1", "c2");
        assertThat(roll.take(3)).extracting(ConnectionChange::id).containsExactly("c3", "c4");
    }

    @Test
    void connectionsWithManyChannels_areTakenUntilThereIsEnoughForOneReport() {
        // Given: 4,010 characters each with what stands beside the channels
        List<Channel> channels = IntStream.range(0, 20)
                .mapToObj(i -> new Channel("%02d".formatted(i) + "x".repeat(190)))
                .toList();
        for (int i = 0; i < 100; i++) {
            roll.add(new ConnectionChange.Opened(
                    new OpenConnection("c" + i, "alice", "::1", Instant.EPOCH, "plain", 20, channels)));
        }

        // When, Then
        assertThat(roll.take(1000)).hasSize(64);
        assertThat(roll.take(1000)).hasSize(36);
    }

    @Test
    void fullRoll_closes_andHasNoRoomLongBefore() {
        // Given
        for (int i = 0; i < 20_000; i++) {
            assertThat(roll.hasRoom()).isEqualTo(i < 2_000);
            roll.add(gone("alice", "c" + i));
        }
        boolean isOpenWhenFull = roll.isOpen();

        // When
        roll.add(gone("alice", "one too many"));

        // Then
        assertThat(isOpenWhenFull).isTrue();
        assertThat(roll.isOpen()).isFalse();
        assertThat(roll.size()).isZero();
        roll.open();
        assertThat(roll.hasRoom()).isTrue();
    }

    @Test
    void closedRoll_keepsNothing() {
        // Given
        roll.add(opened("alice", "a", 1));

        // When
        roll.close();
        roll.add(opened("bert", "b", 1));

        // Then
        assertThat(roll.hasRoom()).isFalse();
        roll.open();
        assertThat(roll.take(10)).isEmpty();
    }
}
