package dev.fanfare.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.peers.PublishPeer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpOptionsTest {

    @Test
    void nothing_comparesAllWith64CallersAnd256Bytes() {
        // When
        HttpOptions options = parse();

        // Then
        assertThat(options).isEqualTo(new HttpOptions(List.of(PublishPeer.values()), 64, 256, 5, 6, 10, 0, false));
        assertThat(options.isSoak()).isFalse();
        assertThat(options.data()).hasSize(256).startsWith("\"").endsWith("\"");
    }

    @Test
    void minutes_askForASoakOfTheFirstPeer() {
        // When
        HttpOptions options = parse("--minutes", "10", "--peers", "express,publisher-jvm");

        // Then
        assertThat(options.isSoak()).isTrue();
        assertThat(options.peers()).containsExactly(PublishPeer.EXPRESS, PublishPeer.PUBLISHER_JVM);
    }

    @Test
    void unknownPeer_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> parse("--peers", "nats"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publisher-jvm,publisher-native,express");
    }

    private static HttpOptions parse(String... arguments) {
        return HttpOptions.parse(new Arguments(List.of(arguments)));
    }
}
