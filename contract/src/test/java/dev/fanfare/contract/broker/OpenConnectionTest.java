package dev.fanfare.contract.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenConnectionTest {

    private static List<Channel> channels(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Channel("%03d".formatted(i) + "x".repeat(length - 3)))
                .toList();
    }

    private static OpenConnection of(List<Channel> channels) {
        return new OpenConnection("c1", null, "::1", Instant.EPOCH, "plain", channels.size(), channels);
    }

    @Test
    void channels_areToldUpToTheirNumber() {
        // Given
        List<Channel> channels = channels(101, 10);

        // When, Then
        assertThat(OpenConnection.told(channels)).isEqualTo(channels.subList(0, 100));
        assertThat(OpenConnection.told(channels.subList(0, 100))).hasSize(100);
    }

    @Test
    void longNames_areToldUpToTheirCharacters() {
        // Given
        List<Channel> channels = channels(17, 250);

        // When, Then
        assertThat(OpenConnection.told(channels)).isEqualTo(channels.subList(0, 16));
    }

    @Test
    void moreThanAreTold_areRefused() {
        assertThat(of(channels(16, 250)).channels()).hasSize(16);
        assertThatThrownBy(() -> of(channels(17, 250))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(channels(101, 10))).isInstanceOf(IllegalArgumentException.class);
    }
}
