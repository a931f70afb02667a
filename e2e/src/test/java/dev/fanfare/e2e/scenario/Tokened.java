package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// An installation where strangers may do nothing, and one issuer of tokens.
final class Tokened {

    private static final Tokens TOKENS = Tokens.issuedBy("e2e");
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final AuthorizedApi api = new AuthorizedApi();

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
        return api.send(publisher, token(subject), method, path, body);
    }
}
