package dev.fanfare.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.chaos.Writer.Acknowledged;
import org.junit.jupiter.api.Test;

class TrackTest {

    private final Track track = new Track("follower", "channel");

    private static StreamPosition at(long offset) {
        return new StreamPosition("epoch", offset);
    }

    @Test
    void followerWithTheLastMessage_isAtTheEnd() {
        // Given
        track.add(new Seen.Joined(null, false, at(0)));
        track.add(new Seen.Received(at(1), "n1", 1));

        // Then
        assertThat(track.isAtEnd(new Acknowledged(1, at(1), 1))).isTrue();
        assertThat(track.isAtEnd(new Acknowledged(2, at(2), 1))).isFalse();
    }

    @Test
    void followerThatWasToldWhereTheChannelIs_isAtTheEnd() {
        // Given
        track.add(new Seen.Received(at(3), "n3", 3));
        track.add(new Seen.Told("offset-in-future", at(2)));

        // Then
        assertThat(track.isAtEnd(new Acknowledged(5, at(2), 1))).isTrue();
        assertThat(track.isAtEnd(new Acknowledged(6, at(3), 1))).isFalse();
    }

    @Test
    void followerWithAnotherMessageAtThatPlace_isNotAtTheEnd() {
        // Given
        track.add(new Seen.Received(at(2), "n2", 2));

        // Then
        assertThat(track.isAtEnd(new Acknowledged(5, at(2), 1))).isFalse();
    }
}
