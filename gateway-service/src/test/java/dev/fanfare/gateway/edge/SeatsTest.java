package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private final Seats seats = new Seats(2);
    private final EmbeddedChannel first = new EmbeddedChannel();

    @Test
    void lastSeat_isGivenOnce() {
        assertThat(seats.take(first)).isTrue();
        assertThat(seats.areTaken()).isFalse();
        assertThat(seats.take(new EmbeddedChannel())).isTrue();
        assertThat(seats.areTaken()).isTrue();
        assertThat(seats.take(new EmbeddedChannel())).isFalse();
    }

    @Test
    void closedChannel_leavesItsSeat() {
        // Given
        seats.take(first);
        seats.take(new EmbeddedChannel());

        // When
        var _ = first.close();

        // Then
        assertThat(seats.areTaken()).isFalse();
        assertThat(seats.take(new EmbeddedChannel())).isTrue();
    }

    @Test
    void channelThatAsksTwice_hasOneSeat() {
        // Given
        seats.take(first);
        assertThat(seats.take(first)).isTrue();

        // Then
        assertThat(seats.areTaken()).isFalse();
        var _ = first.close();
        assertThat(seats.take(new EmbeddedChannel())).isTrue();
        assertThat(seats.take(new EmbeddedChannel())).isTrue();
        assertThat(seats.areTaken()).isTrue();
    }
}
