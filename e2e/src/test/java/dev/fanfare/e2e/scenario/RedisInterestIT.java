package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Redis sends a gateway nothing that no client of it wants.
class RedisInterestIT {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(1).build();

    @Test
    void lastClientGone_interestIsDropped() {
        // Given
        WebSocketProbe first = FANFARE.connect();
        WebSocketProbe second = FANFARE.connect();
        subscribeAndAwait(first, "interest.a");
        subscribeAndAwait(second, "interest.a");
        subscribeAndAwait(second, "interest.b");

        // When
        first.close();
        second.abort();

        // Then
        await().atMost(FIVE_SECONDS)
                .untilAsserted(
                        () -> assertThat(RedisInterest.of(FANFARE.redis())).isEmpty());
    }

    @Test
    void oneOfTwoClientsGone_interestStays() {
        // Given
        try (WebSocketProbe stays = FANFARE.connect()) {
            WebSocketProbe goes = FANFARE.connect();
            subscribeAndAwait(stays, "interest.shared");
            subscribeAndAwait(goes, "interest.shared");
            subscribeAndAwait(goes, "interest.single");

            // When
            goes.close();

            // Then
            await().atMost(FIVE_SECONDS)
                    .untilAsserted(() -> assertThat(RedisInterest.of(FANFARE.redis()))
                            .contains("interest.shared")
                            .doesNotContain("interest.single"));
        }
    }

    @Test
    void unsubscribe_dropsTheInterestToo() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "interest.left");

            // When
            client.send("{\"action\":\"unsubscribe\",\"channel\":\"interest.left\"}");

            // Then
            await().atMost(FIVE_SECONDS)
                    .untilAsserted(
                            () -> assertThat(RedisInterest.of(FANFARE.redis())).doesNotContain("interest.left"));
            assertThat(client.isOpen()).isTrue();
        }
    }
}
