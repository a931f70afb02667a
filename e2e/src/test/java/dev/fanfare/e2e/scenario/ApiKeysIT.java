package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.WebSocketProbe;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From an API key to a client with a token, and back: who is shut out is out everywhere, and all else goes on when
/// all services start anew.
class ApiKeysIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final KeyFolder SIGNING = KeyFolder.with("2026-01");
    private static final String CHAT = "{\"chat.*\":[\"subscribe\",\"publish\",\"history\"]}";
    private static final String ONE_CHANNEL = "{\"chat.42\":[\"subscribe\",\"publish\"]}";

    @RegisterExtension
    static final Fanfare FANFARE =
            Keyed.settingsOf(Fanfare.of().gateways(2).publishers(2), SIGNING).build();

    private final Keyed keyed = new Keyed();

    private String token(ServiceProcess publisher, Keyed.Key key) {
        Answer issued = await().atMost(SOON)
                .until(() -> keyed.issue(publisher, key, ONE_CHANNEL, LIFETIME), answer -> answer.status() == 201);
        return issued.body().at("/token").asText();
    }

    @Test
    void key_isGoodForTokensOfAPartOfIt_untilItIsDisabled() {
        // Given
        ServiceProcess here = FANFARE.all(Service.PUBLISHER).getFirst();
        ServiceProcess there = FANFARE.all(Service.PUBLISHER).getLast();
        Keyed.Key key = keyed.newKey(here, CHAT);
        Keyed.Key others = keyed.newKey(here, CHAT);
        String token = token(here, key);
        List<WebSocketProbe> clients = new ArrayList<>();
        FANFARE.all(Service.GATEWAY).forEach(gateway -> clients.add(Tokened.connect(gateway, token)));
        WebSocketProbe another = Tokened.connect(FANFARE.gateway(), token(here, others));

        // Then
        for (WebSocketProbe client : clients) {
            client.send("{\"action\":\"subscribe\",\"channel\":\"chat.42\",\"id\":1}");
            client.send("{\"action\":\"subscribe\",\"channel\":\"chat.43\",\"id\":2}");
            client.send("{\"action\":\"history\",\"channel\":\"chat.42\",\"id\":3}");
            assertThat(client.awaitFrames(3, SOON))
                    .anyMatch(frame -> frame.contains("\"event\":\"subscribed\""))
                    .filteredOn(frame -> frame.contains("\"code\":40300"))
                    .hasSize(2);
        }
        assertThat(keyed.issue(here, key, "{\"*\":[\"subscribe\"]}", LIFETIME)
                        .body()
                        .at("/code")
                        .asInt())
                .isEqualTo(40301);
        await().atMost(SOON)
                .until(() -> keyed.publish(there, "chat.42", key.text()).status() == 201);

        // When
        long before = System.nanoTime();
        assertThat(keyed.disable(here, key).status()).isEqualTo(200);

        // Then
        for (WebSocketProbe client : clients) {
            assertThat(client.awaitClosed(SOON)).isEqualTo(new WebSocketProbe.Closed(4004, "token-revoked"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(keyed.issue(there, key, ONE_CHANNEL, LIFETIME).status()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
            assertThat(keyed.publish(there, "chat.42", key.text())
                            .body()
                            .at("/code")
                            .asInt())
                    .isEqualTo(40116);
            assertThat(keyed.publish(there, "chat.42", token).body().at("/code").asInt())
                    .isEqualTo(40113);
        });
        assertThat(another.isOpen()).isTrue();
        another.close();
    }

    @Test
    void keysTokensAndWhatWasDisabled_outliveARestartOfAllServices() {
        // Given
        Keyed.Key key = keyed.newKey(FANFARE.publisher(), CHAT);
        Keyed.Key disabled = keyed.newKey(FANFARE.publisher(), CHAT);
        String token = token(FANFARE.publisher(), key);
        String lost = token(FANFARE.publisher(), disabled);
        assertThat(keyed.disable(FANFARE.publisher(), disabled).status()).isEqualTo(200);

        // When
        List<ServiceProcess> services = new ArrayList<>(FANFARE.all(Service.GATEWAY));
        services.addAll(FANFARE.all(Service.PUBLISHER));
        services.forEach(ServiceProcess::terminate);
        services.forEach(ServiceProcess::start);
        services.forEach(ServiceProcess::awaitReady);

        // Then
        for (ServiceProcess gateway : FANFARE.all(Service.GATEWAY)) {
            await().atMost(SOON).ignoreExceptions().until(() -> {
                try (WebSocketProbe client = Tokened.connect(gateway, token)) {
                    return client.isOpen();
                }
            });
            CompletionException refused =
                    catchThrowableOfType(CompletionException.class, () -> Tokened.connect(gateway, lost));
            assertThat(((WebSocketHandshakeException) refused.getCause())
                            .getResponse()
                            .headers()
                            .firstValue("Fanfare-Refused"))
                    .contains("token-revoked");
        }
        assertThat(token(FANFARE.publisher(), key)).isNotEmpty();
        assertThat(keyed.issue(FANFARE.publisher(), disabled, ONE_CHANNEL, LIFETIME)
                        .status())
                .isEqualTo(401);
    }
}
