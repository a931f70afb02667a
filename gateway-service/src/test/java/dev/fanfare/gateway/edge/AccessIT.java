package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.testkit.BadToken;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A gateway where strangers may do nothing: who brings a token, in whatever way, may do what it says.
@QuarkusTest
@TestProfile(AccessIT.TokensOnly.class)
@QuarkusTestResource(GatewayRedis.class)
class AccessIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    static final Tokens TOKENS = Tokens.issuedBy("tests");
    private static final String ALLOWED = "{\"open.*\":[\"subscribe\",\"history\"],\"open.wall\":[\"publish\"]}";
    private static final String SUBSCRIBE = "{\"action\":\"subscribe\",\"channel\":\"open.a\",\"id\":1}";

    /// No anonymous access, one issuer, every carrier, one origin.
    public static final class TokensOnly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fanfare.access.anonymous", "{}",
                    "fanfare.access.clock-skew", "0s",
                    "fanfare.access.issuers.tests.issuer", TOKENS.issuer(),
                    "fanfare.access.issuers.tests.audience", Tokens.AUDIENCE,
                    "fanfare.access.issuers.tests.secret-file",
                            TOKENS.secretFile().toString(),
                    "fanfare.gateway.access.cookie", "fanfare-token",
                    "fanfare.gateway.access.query-parameter", "true",
                    "fanfare.gateway.access.allowed-origins", "https://app.example.org",
                    "fanfare.gateway.access.expiry-warning", "2s",
                    "fanfare.gateway.connection.first-request-timeout", "2s");
        }
    }

    /// The ways in which a token may come.
    enum Carrier {
        HEADER,
        SUBPROTOCOL,
        COOKIE,
        QUERY,
        FRAME
    }

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    Revocations revocations;

    private URI address(String query) {
        return URI.create(http.toString().replaceFirst("^http", "ws") + query);
    }

    private static Instant inAMinute() {
        return Instant.now().plusSeconds(60);
    }

    private static Tokens.Draft alice() {
        return TOKENS.forSubject("alice").allowing(ALLOWED);
    }

    /// Connects with `token` by `carrier`; by [Carrier#FRAME] its first frame is `auth`, with the mark 0.
    private WebSocketProbe connect(Carrier carrier, String token) {
        return switch (carrier) {
            case HEADER -> WebSocketProbe.connect(address(""), Map.of("Authorization", "Bearer " + token));
            case SUBPROTOCOL -> WebSocketProbe.connect(address(""), "fanfare.v1", "bearer." + token);
            case COOKIE ->
                WebSocketProbe.connect(
                        address(""), Map.of("Cookie", "fanfare-token=" + token, "Origin", "https://app.example.org"));
            case QUERY -> WebSocketProbe.connect(address("?access_token=" + token));
            case FRAME -> {
                WebSocketProbe client = WebSocketProbe.connect(address(""));
                client.send(auth(token, 0));
                yield client;
            }
        };
    }

    private static String auth(String token, int id) {
        return "{\"action\":\"auth\",\"token\":\"" + token + "\",\"id\":" + id + "}";
    }

    private static HttpResponse<?> refusal(ThrowingCallable connecting) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, connecting);
        if (failure.getCause() instanceof WebSocketHandshakeException refused) {
            return refused.getResponse();
        }
        throw failure;
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void goodToken_isTakenByEveryCarrier(Carrier carrier) {
        try (WebSocketProbe client = connect(carrier, alice().until(inAMinute()))) {
            // When
            client.send(SUBSCRIBE);

            // Then
            int others = carrier == Carrier.FRAME || carrier == Carrier.SUBPROTOCOL ? 1 : 0;
            List<String> frames = client.awaitFrames(1 + others, SOON);
            assertThat(frames.getLast()).contains("\"event\":\"subscribed\"", "\"channel\":\"open.a\"");
            assertThat(client.subprotocol()).isEqualTo(carrier == Carrier.SUBPROTOCOL ? "fanfare.v1" : "");
            if (carrier == Carrier.FRAME) {
                assertThat(frames.getFirst())
                        .startsWith("{\"event\":\"authenticated\",\"id\":0,\"subject\":\"alice\",\"expiresAt\":");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BadToken.class)
    void badToken_isRefusedByEveryCarrierWithItsOwnCode(BadToken fault) {
        for (Carrier carrier : List.of(Carrier.HEADER, Carrier.SUBPROTOCOL, Carrier.COOKIE, Carrier.QUERY)) {
            // When
            HttpResponse<?> answer = refusal(() -> connect(carrier, fault.of(alice())));

            // Then
            assertThat(answer.statusCode()).as(carrier.name()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Fanfare-Refused")).contains(fault.slug());
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        }
        try (WebSocketProbe client = connect(Carrier.FRAME, fault.of(alice()))) {
            assertThat(client.awaitFrames(1, SOON).getFirst()).contains("\"code\":" + fault.code(), "\"id\":0");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FRAME")
    void apiKey_isNoToken_whichClientsHaveToBring(Carrier carrier) {
        // When
        HttpResponse<?> answer = refusal(() -> connect(carrier, "fk_q5w3e7r2t4z6u2i3.2Zk0mQ3b7YdX1vRwT5nJ8c"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Fanfare-Refused")).contains("token-malformed");
    }

    @Test
    void stranger_isRefusedWhateverItAsks_andClosedWhenItSendsNoTokenInTime() {
        try (WebSocketProbe client = WebSocketProbe.connect(address(""))) {
            // When
            client.send(SUBSCRIBE);
            client.send("{\"action\":\"publish\",\"channel\":\"open.wall\",\"data\":1,\"id\":2}");
            client.send("{\"action\":\"history\",\"channel\":\"open.a\",\"id\":3}");

            // Then
            assertThat(client.awaitFrames(3, SOON)).allMatch(frame -> frame.contains("\"code\":40100"));
            assertThat(client.awaitClosed(SOON)).isEqualTo(new WebSocketProbe.Closed(4501, "unauthenticated"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "subscribe, open.a, true",
        "subscribe, open.wall, true",
        "subscribe, closed.a, false",
        "publish, open.wall, true",
        "publish, open.a, false",
        "history, open.a, true",
        "history, closed.a, false"
    })
    void capability_decidesOnEachOperationAndChannel(String action, String channel, boolean isAllowed) {
        try (WebSocketProbe client = connect(Carrier.HEADER, alice().until(inAMinute()))) {
            // When
            client.send("{\"action\":\"" + action + "\",\"channel\":\"" + channel + "\",\"data\":1,\"id\":1}");

            // Then
            String answer = client.awaitFrames(1, SOON).getFirst();
            assertThat(answer.contains("\"code\":40300")).isNotEqualTo(isAllowed);
            assertThat(answer.contains("\"event\"")).isEqualTo(isAllowed);
        }
    }

    @Test
    void tokenOfAClient_marksWhatItPublishes() {
        // Given
        String token = alice().with("clientId", "\"phone-7\"").until(inAMinute());
        try (WebSocketProbe client = connect(Carrier.HEADER, token)) {
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.wall\",\"id\":1}");
            client.awaitFrames(1, SOON);

            // When
            client.send("{\"action\":\"publish\",\"channel\":\"open.wall\",\"data\":1}");

            // Then
            assertThat(client.awaitFrames(2, SOON).getLast()).contains("\"clientId\":\"phone-7\"");
        }
    }

    @Test
    void endOfAToken_isAnnounced_andEndsTheConnection() {
        // Given
        try (WebSocketProbe client =
                connect(Carrier.HEADER, alice().until(Instant.now().plusSeconds(7)))) {
            client.send(SUBSCRIBE);

            // Then
            List<String> frames = client.awaitFrames(2, SOON);
            assertThat(frames.getFirst()).contains("subscribed");
            assertThat(frames.get(1)).startsWith("{\"event\":\"token.expiring\",\"expiresAt\":");
            assertThat(client.awaitClosed(SOON)).isEqualTo(new WebSocketProbe.Closed(4003, "token-expired"));
            assertThat(client.frames()).hasSize(2);
        }
    }

    @Test
    void newToken_takesTheConnectionOverTheEndOfTheOldOne() {
        // Given
        try (WebSocketProbe client =
                connect(Carrier.HEADER, alice().until(Instant.now().plusSeconds(7)))) {
            client.send(SUBSCRIBE);
            assertThat(client.awaitFrames(2, SOON).getLast()).contains("token.expiring");

            // When
            client.send(auth(alice().until(Instant.now().plusSeconds(12)), 7));

            // Then
            List<String> frames = client.awaitFrames(4, SOON);
            assertThat(frames.get(2)).contains("\"event\":\"authenticated\",\"id\":7");
            assertThat(frames.get(3)).contains("token.expiring");
            assertThat(frames).noneMatch(frame -> frame.contains("unsubscribed"));
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(4003);
        }
    }

    @Test
    void newToken_endsTheSubscriptionsThatItDoesNotAllow_andNoOthers() {
        // Given
        try (WebSocketProbe client = connect(Carrier.HEADER, alice().until(inAMinute()))) {
            client.send(SUBSCRIBE);
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.b\",\"id\":2}");
            client.awaitFrames(2, SOON);

            // When
            client.send(auth(alice().allowing("{\"open.b\":[\"subscribe\"]}").until(inAMinute()), 3));

            // Then
            assertThat(client.awaitFrames(4, SOON).subList(2, 4))
                    .anyMatch(frame -> frame.contains("authenticated"))
                    .contains("{\"event\":\"unsubscribed\",\"channel\":\"open.a\",\"reason\":\"forbidden\"}");
            client.send("{\"action\":\"ping\",\"id\":4}");
            assertThat(client.awaitFrames(5, SOON).getLast()).contains("pong");
        }
    }

    @Test
    void tokenOfAnotherSubject_isRefused_andTheOldOneStays() {
        // Given
        try (WebSocketProbe client = connect(Carrier.HEADER, alice().until(inAMinute()))) {
            // When
            client.send(auth(TOKENS.forSubject("bert").allowing(ALLOWED).until(inAMinute()), 1));
            client.send(SUBSCRIBE);

            // Then
            List<String> frames = client.awaitFrames(2, SOON);
            assertThat(frames.getFirst()).contains("\"code\":40114");
            assertThat(frames.getLast()).contains("subscribed");
        }
    }

    @Test
    void revokedSubject_isClosed_andRefusedWhenItComesBack() {
        // Given
        String carols = TOKENS.forSubject("carol").allowing(ALLOWED).until(inAMinute());
        try (WebSocketProbe carol = connect(Carrier.HEADER, carols);
                WebSocketProbe alice = connect(Carrier.HEADER, alice().until(inAMinute()))) {
            // When
            revocations
                    .revoke(new RevocationTarget(RevocationTarget.Kind.SUBJECT, "carol"), Duration.ZERO)
                    .join();

            // Then
            assertThat(carol.awaitClosed(SOON)).isEqualTo(new WebSocketProbe.Closed(4004, "token-revoked"));
            HttpResponse<?> again = refusal(() -> connect(Carrier.HEADER, carols));
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.headers().firstValue("Fanfare-Refused")).contains("token-revoked");
            assertThat(alice.isOpen()).isTrue();
        }
    }

    @Test
    void revokedChannel_endsItsSubscription_andNoOther() {
        // Given
        try (WebSocketProbe client = connect(Carrier.HEADER, alice().until(inAMinute()))) {
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.gone\",\"id\":1}");
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.kept\",\"id\":2}");
            client.awaitFrames(2, SOON);

            // When
            revocations
                    .revoke(new RevocationTarget(RevocationTarget.Kind.CHANNEL, "open.gone"), Duration.ZERO)
                    .join();

            // Then
            assertThat(client.awaitFrames(3, SOON).getLast())
                    .isEqualTo("{\"event\":\"unsubscribed\",\"channel\":\"open.gone\",\"reason\":\"token-revoked\"}");
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.gone\",\"id\":3}");
            assertThat(client.awaitFrames(4, SOON).getLast()).contains("\"code\":40113", "\"id\":3");
        }
    }

    @Test
    void pageOfAnotherOrigin_isTurnedAway() {
        // When
        HttpResponse<?> withToken = refusal(() -> WebSocketProbe.connect(
                address(""),
                Map.of("Origin", "https://evil.example.org", "Authorization", "Bearer " + alice().until(inAMinute()))));
        HttpResponse<?> cookieFromNowhere = refusal(() ->
                WebSocketProbe.connect(address(""), Map.of("Cookie", "fanfare-token=" + alice().until(inAMinute()))));

        // Then
        assertThat(List.of(withToken.statusCode(), cookieFromNowhere.statusCode()))
                .containsOnly(403);
        assertThat(withToken.headers().firstValue("Fanfare-Refused")).contains("origin");
    }
}
