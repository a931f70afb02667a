package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SIGTERM ends a service in order: it says good-bye and reports nothing but success.
class GracefulStopIT {

    /// 128 and the number of SIGTERM: what a shell shows for a process that ended because of it.
    private static final int ENDED_BY_SIGTERM = 143;

    private static final int RESTART = 1012;
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    @RegisterExtension
    static final Fanfare FANFARE =
            Fanfare.of().gateways(2).publishers(1).pollers(1).build();

    @ParameterizedTest
    @EnumSource
    void sigterm_endsTheServiceInOrder(Service service) {
        // Given
        ServiceProcess process = FANFARE.all(service).getFirst();
        int printedBefore = process.log().length();

        // When
        int code = process.terminate();

        // Then
        assertThat(code).isIn(0, ENDED_BY_SIGTERM);
        assertThat(process.log().substring(printedBefore))
                .contains("stopped in")
                .doesNotContain(" ERROR ");
    }

    @Test
    void gatewayEnds_clientsAreToldToReconnect() {
        // Given
        ServiceProcess gateway = FANFARE.all(Service.GATEWAY).getLast();
        try (WebSocketProbe client = FANFARE.connect(gateway)) {
            client.send("{\"action\":\"ping\"}");
            client.awaitFrames(1, FIVE_SECONDS);

            // When
            gateway.terminate();

            // Then
            assertThat(client.awaitClosed(FIVE_SECONDS).code()).isEqualTo(RESTART);
        }
    }
}
