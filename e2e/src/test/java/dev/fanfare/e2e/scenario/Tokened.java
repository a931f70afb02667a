package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// An installation where strangers may do nothing, and one issuer of tokens.
final class Tokened {

    private static final Tokens TOKENS = Tokens.issuedBy("e2e");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final HttpClient http = HttpClient.newHttpClient();

    /// `builder` with that.
    static Fanfare.Builder settingsOf(Fanfare.Builder builder) {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            builder.setting(service, "fanfare.access.anonymous", "{}")
                    .setting(service, "fanfare.access.clock-skew", "0s")
                    .setting(service, "fanfare.access.issuers.e2e.issuer", TOKENS.issuer())
                    .setting(service, "fanfare.access.issuers.e2e.audience", Tokens.AUDIENCE)
                    .setting(
                            service,
                            "fanfare.access.issuers.e2e.secret-file",
                            TOKENS.secretFile().toString());
        }
        return builder;
    }

    /// A token for `subject`, which may subscribe and publish to everything, or as `admin` manage it.
    static String token(String subject) {
        return TOKENS.forSubject(subject)
                .allowing(subject.equals("admin") ? "{\"*\":[\"admin\"]}" : "{\"*\":[\"subscribe\",\"publish\"]}")
                .until(Instant.now().plus(LIFETIME));
    }

    /// A client of `gateway` with `token`.
    static WebSocketProbe connect(ServiceProcess gateway, String token) {
        return WebSocketProbe.connect(gateway.webSocket("/ws"), Map.of("Authorization", "Bearer " + token));
    }

    /// What `publisher` answers somebody in charge.
    Answer send(ServiceProcess publisher, String method, String path, String body) {
        return send(publisher, "admin", method, path, body);
    }

    /// What `publisher` answers `subject`.
    Answer send(ServiceProcess publisher, String subject, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(publisher.http(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token(subject))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Frames.parse(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
