package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.WebSocketProbe;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A new key signs and the old one goes while clients get tokens and use them: nobody is refused.
class SigningKeyRotationIT {

    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LIFETIME = Duration.ofSeconds(15);
    private static final KeyFolder SIGNING = KeyFolder.with("2026-01");
    private static final String CAPABILITY = "{\"chat.*\":[\"publish\",\"subscribe\"]}";

    @RegisterExtension
    static final Fanfare FANFARE =
            Keyed.settingsOf(Fanfare.of().gateways(2).publishers(2), SIGNING).build();

    private final Keyed keyed = new Keyed();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> tokensByKey = new ConcurrentHashMap<>();

    @Test
    void rotationUnderLoad_refusesNobody() throws InterruptedException {
        // Given
        List<ServiceProcess> publishers = FANFARE.all(Service.PUBLISHER);
        Keyed.Key key = keyed.newKey(publishers.getFirst(), CAPABILITY);
        publishers.forEach(publisher -> await().atMost(PATIENCE)
                .until(() -> keyed.issue(publisher, key, CAPABILITY, LIFETIME).status() == 201));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.execute(() -> live(client, key));
            }
            await().atMost(PATIENCE).until(() -> signedBy("2026-01") >= 20);

            // When
            SIGNING.add("2026-02");
            await().atMost(PATIENCE).until(() -> signedBy("2026-02") >= 20);
            // Until the last token of the old key has ended.
            await().pollDelay(LIFETIME.plusSeconds(1)).atMost(PATIENCE).until(() -> true);
            SIGNING.remove("2026-01");
            int before = signedBy("2026-02");
            await().atMost(PATIENCE).until(() -> signedBy("2026-02") >= before + 50);
            isOver.set(true);
        }

        // Then
        assertThat(refusals).isEmpty();
        assertThat(tokensByKey).containsOnlyKeys("2026-01", "2026-02");
    }

    private int signedBy(String key) {
        return tokensByKey.getOrDefault(key, 0);
    }

    /// Gets a token at one instance and uses it at the next ones, again and again.
    private void live(int client, Keyed.Key key) {
        List<ServiceProcess> publishers = FANFARE.all(Service.PUBLISHER);
        List<ServiceProcess> gateways = FANFARE.all(Service.GATEWAY);
        for (int turn = client; !isOver.get(); turn++) {
            try {
                Answer issued = keyed.issue(publishers.get(turn % 2), key, CAPABILITY, LIFETIME);
                if (issued.status() != 201) {
                    refusals.add("no token: " + issued);
                    continue;
                }
                String token = issued.body().at("/token").asText();
                tokensByKey.merge(keyId(token), 1, Integer::sum);
                Answer published = keyed.publish(publishers.get((turn + 1) % 2), "chat.42", token);
                if (published.status() != 201) {
                    refusals.add("not published: " + published);
                }
                try (WebSocketProbe connection = Tokened.connect(gateways.get(turn % 2), token)) {
                    connection.send("{\"action\":\"subscribe\",\"channel\":\"chat.42\",\"id\":1}");
                    assertThat(connection.awaitFrames(1, PATIENCE)).anyMatch(frame -> frame.contains("subscribed"));
                }
            } catch (CompletionException e) {
                refusals.add(
                        e.getCause() instanceof WebSocketHandshakeException refused
                                ? "not connected: "
                                        + refused.getResponse().headers().map()
                                : e.toString());
            } catch (RuntimeException | AssertionError e) {
                refusals.add(e.toString());
            }
        }
    }

    private static String keyId(String token) {
        String header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }
}
