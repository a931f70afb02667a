package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.Tokens;
import java.time.Duration;

/// An installation where strangers may do nothing and the publishers issue all tokens, to those who hold API keys.
final class Keyed {

    /// How long a new key is public before it signs, and how often publishers look for one.
    static final Duration PUBLISH_AHEAD = Duration.ofSeconds(5);

    private static final Tokens ADMIN = Tokens.issuedBy("the admin of the scenarios");

    private final AuthorizedApi api = new AuthorizedApi();

    /// `builder` with that, and with `signing` for the folder of the publishers' keys.
    static Fanfare.Builder settingsOf(Fanfare.Builder builder, KeyFolder signing) {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            builder.setting(service, "fanfare.access.anonymous", "{}")
                    .setting(service, "fanfare.access.clock-skew", "0s")
                    .setting(service, "fanfare.access.issuers.own.issuer", "fanfare")
                    .setting(service, "fanfare.access.issuers.own.audience", "fanfare")
                    .setting(service, "fanfare.access.issuers.own.jwks", "redis");
        }
        return builder.setting(Service.GATEWAY, "fanfare.gateway.access.expiry-warning", "1s")
                .setting(
                        Service.PUBLISHER,
                        "fanfare.access.admin-secret-file",
                        ADMIN.secretFile().toString())
                .setting(
                        Service.PUBLISHER,
                        "fanfare.publisher.tokens.signing-folder",
                        signing.path().toString())
                .setting(Service.PUBLISHER, "fanfare.publisher.tokens.refresh-interval", "0.2s")
                .setting(Service.PUBLISHER, "fanfare.publisher.tokens.publish-ahead", PUBLISH_AHEAD.toString());
    }

    /// An API key of the installation.
    record Key(String id, String text) {}

    /// A new key, made at `publisher`.
    Key newKey(ServiceProcess publisher, String capability) {
        Answer made = api.send(
                publisher, admin(), "POST", "/v1/keys", "{\"name\":\"shop\",\"capability\":" + capability + "}");
        if (made.status() != 201) {
            throw new AssertionError("no key: " + made);
        }
        return new Key(made.body().at("/id").asText(), made.body().at("/key").asText());
    }

    /// Disables `key` at `publisher`.
    Answer disable(ServiceProcess publisher, Key key) {
        return api.send(publisher, admin(), "PATCH", "/v1/keys/" + key.id(), "{\"enabled\":false}");
    }

    /// What `publisher` says to the holder of `key` who orders a token.
    Answer issue(ServiceProcess publisher, Key key, String capability, Duration lifetime) {
        return api.send(
                publisher,
                key.text(),
                "POST",
                "/v1/tokens",
                "{\"subject\":\"alice\",\"capability\":" + capability + ",\"lifetimeMs\":" + lifetime.toMillis() + "}");
    }

    /// Publishes at `publisher` with a token or an API key.
    Answer publish(ServiceProcess publisher, String channel, String credential) {
        return api.send(publisher, credential, "POST", "/v1/channels/" + channel + "/messages", "{\"data\":1}");
    }

    private static String admin() {
        return "admin." + ADMIN.secret();
    }
}
