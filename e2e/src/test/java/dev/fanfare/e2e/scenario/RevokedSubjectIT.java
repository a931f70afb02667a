package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is revoked is out on every gateway, and stays out when all services start anew.
class RevokedSubjectIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final WebSocketProbe.Closed REVOKED = new WebSocketProbe.Closed(4004, "token-revoked");

    @RegisterExtension
    static final Fanfare FANFARE =
            Tokened.settingsOf(Fanfare.of().gateways(2).publishers(1)).build();

    private final Tokened tokened = new Tokened();

    @Test
    void revokedSubject_isClosedEverywhere_andRefusedAlsoAfterARestart() {
        // Given
        String mallorys = Tokened.token("mallory");
        String alices = Tokened.token("alice");
        List<WebSocketProbe> open = new ArrayList<>();
        List<ServiceProcess> gateways = FANFARE.all(Service.GATEWAY);
        for (ServiceProcess gateway : gateways) {
            for (int i = 0; i < 20; i++) {
                open.add(Tokened.connect(gateway, mallorys));
            }
        }
        try (WebSocketProbe alice = Tokened.connect(FANFARE.gateway(), alices)) {
            // When
            assertThat(tokened.send(FANFARE.publisher(), "POST", "/v1/revocations", "{\"subject\":\"mallory\"}")
                            .status())
                    .isEqualTo(201);

            // Then
            assertThat(open)
                    .allSatisfy(each -> assertThat(each.awaitClosed(SOON)).isEqualTo(REVOKED));
            assertThat(alice.isOpen()).isTrue();
            gateways.forEach(gateway -> assertIsRefused(gateway, mallorys));
        }

        // When
        List<ServiceProcess> services = new ArrayList<>(gateways);
        services.add(FANFARE.publisher());
        services.forEach(ServiceProcess::terminate);
        services.forEach(ServiceProcess::start);
        services.forEach(ServiceProcess::awaitReady);

        // Then
        gateways.forEach(gateway -> {
            await().atMost(SOON).ignoreExceptions().until(() -> {
                try (WebSocketProbe alice = Tokened.connect(gateway, alices)) {
                    return alice.isOpen();
                }
            });
            assertIsRefused(gateway, mallorys);
        });
    }

    private static void assertIsRefused(ServiceProcess gateway, String token) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, () -> {
            try (WebSocketProbe client = Tokened.connect(gateway, token)) {
                assertThat(client.isOpen()).isTrue();
            }
        });
        assertThat(failure).isNotNull().cause().isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
            assertThat(refused.getResponse().statusCode()).isEqualTo(401);
            assertThat(refused.getResponse().headers().firstValue("Fanfare-Refused"))
                    .contains("token-revoked");
        });
    }
}
