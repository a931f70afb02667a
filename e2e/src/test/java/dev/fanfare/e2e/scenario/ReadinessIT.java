package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Health is true: who cannot reach Redis says so within seconds, and is not restarted for it.
class ReadinessIT {

    private static final Duration WITHIN_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Fanfare FANFARE =
            Fanfare.of().gateways(1).publishers(1).pollers(1).build();

    private boolean isRedisAway;

    private void stopRedis() {
        FANFARE.redis().stop();
        isRedisAway = true;
    }

    @AfterEach
    void startRedis() {
        if (isRedisAway) {
            FANFARE.redis().start();
            isRedisAway = false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void redisAway_isNotReadyButAlive(Service service) {
        // Given
        ServiceProcess process = FANFARE.all(service).getFirst();
        await().atMost(WITHIN_SECONDS).until(process::isReady);

        // When
        stopRedis();

        // Then
        await().atMost(WITHIN_SECONDS)
                .untilAsserted(
                        () -> assertThat(process.status("/q/health/ready")).isEqualTo(503));
        assertThat(process.status("/q/health/live")).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void redisBack_isReadyAgain(Service service) {
        // Given
        ServiceProcess process = FANFARE.all(service).getFirst();
        stopRedis();
        await().atMost(WITHIN_SECONDS).until(() -> !process.isReady());

        // When
        startRedis();

        // Then
        await().atMost(WITHIN_SECONDS).until(process::isReady);
    }
}
