package dev.fanfare.e2e.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nothing that is secret, and nothing that is published, is in any log, although everything is logged that can be.
class SecretsInLogsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PASSWORD = "redis-password-" + UUID.randomUUID();

    @RegisterExtension
    static final Fanfare FANFARE = talkative(Tokened.settingsOf(Fanfare.of()
                    .gateways(1)
                    .publishers(1)
                    .on(new RedisTopology.Single(
                            RedisServer.with(RedisOptions.defaults().withPassword(PASSWORD))))))
            .setting(Service.GATEWAY, "fanfare.gateway.access.cookie", "fanfare-token")
            .setting(Service.GATEWAY, "fanfare.gateway.access.query-parameter", "true")
            .setting(Service.GATEWAY, "fanfare.gateway.access.allowed-origins", "https://app.example.org")
            .build();

    private static Fanfare.Builder talkative(Fanfare.Builder builder) {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            builder.setting(service, "quarkus.log.level", "DEBUG")
                    .setting(service, "quarkus.http.access-log.enabled", "false");
        }
        return builder;
    }

    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, "which is no secret at all"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess gateway = FANFARE.gateway();

    private String secret(String kind) {
        String secret = kind + "-" + UUID.randomUUID();
        secrets.add(secret);
        return secret;
    }

    /// A token, of which no part that tells anything may show up.
    private String token(String subject) {
        String token = Tokened.token(subject);
        String[] parts = token.split("\\.", -1);
        secrets.add(parts[1]);
        secrets.add(parts[2]);
        return token;
    }

    /// Every way to bring a token to a gateway.
    private void connectWith(String token) {
        List<Map<String, String>> headers = List.of(
                Map.of("Authorization", "Bearer " + token),
                Map.of("Sec-WebSocket-Protocol", "fanfare.v1, bearer." + token),
                Map.of("Cookie", "fanfare-token=" + token, "Origin", "https://app.example.org"));
        for (Map<String, String> each : headers) {
            if (each.containsKey("Sec-WebSocket-Protocol")) {
                use(gateway.webSocket("/ws"), Map.of(), "fanfare.v1", "bearer." + token);
            } else {
                use(gateway.webSocket("/ws"), each);
            }
        }
        use(gateway.webSocket("/ws?access_token=" + token), Map.of());
        try (WebSocketProbe client = WebSocketProbe.connect(gateway.webSocket("/ws"))) {
            client.send("{\"action\":\"auth\",\"token\":\"" + token + "\",\"id\":1}");
            client.awaitFrames(1, SOON);
        }
    }

    /// Subscribes, publishes and misspells something, if it is let in.
    private void use(URI address, Map<String, String> headers, String... subprotocols) {
        try (WebSocketProbe client = WebSocketProbe.connect(address, headers, subprotocols)) {
            client.send("{\"action\":\"subscribe\",\"channel\":\"logs\",\"id\":1}");
            client.send(
                    "{\"action\":\"publish\",\"channel\":\"logs\",\"id\":2,\"data\":\"" + secret("payload") + "\"}");
            client.send("{\"action\":\"publish\",\"channel\":\"logs\",\"id\":3,\"data\":{\"" + secret("broken") + "\"");
            client.send("{\"action\":\"auth\",\"id\":4,\"token\":\"" + secret("no-token") + "\"}");
            client.awaitFrames(4, SOON);
        } catch (CompletionException _) {
            // Not let in, as it should be with a token that is no good.
        }
    }

    private void request(String method, String path, String authorization, String body) {
        try {
            http.send(
                    HttpRequest.newBuilder(FANFARE.publisher().http(path))
                            .header("Authorization", authorization)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void nothingSecretOrPublished_isInAnyLog() {
        // When
        connectWith(token("alice"));
        connectWith(token("alice") + "x");
        connectWith(secret("rubbish"));
        connectWith("fk_abc." + secret("key"));
        List<String> credentials = List.of(
                "Bearer " + token("bert"),
                "Bearer " + token("bert") + "x",
                "Bearer fk_abc." + secret("key"),
                "Basic " + Base64.getEncoder().encodeToString(("fk_abc:" + secret("basic")).getBytes(UTF_8)),
                secret("no-scheme"));
        for (String credential : credentials) {
            secrets.add(credential.substring(credential.indexOf(' ') + 1));
            request("POST", "/v1/channels/logs/messages", credential, "{\"data\":\"" + secret("payload") + "\"}");
            request("POST", "/v1/channels/logs/messages", credential, "{\"data\":" + secret("broken"));
            request(
                    "POST",
                    "/v1/messages",
                    credential,
                    "[{\"channel\":\"logs\",\"data\":\"" + secret("payload") + "\"}]");
            request("GET", "/v1/channels/logs/messages?access_token=" + secret("parameter"), credential, "");
            request("POST", "/v1/revocations", credential, "{\"" + secret("field") + "\":1}");
        }
        FANFARE.all(Service.PUBLISHER).forEach(ServiceProcess::awaitReady);

        // Then
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            String log = FANFARE.all(service).getFirst().log();
            assertThat(log).contains(" DEBUG ").doesNotContain("whoever reaches this service may");
            assertThat(secrets).as(service.module()).filteredOn(log::contains).isEmpty();
        }
    }
}
