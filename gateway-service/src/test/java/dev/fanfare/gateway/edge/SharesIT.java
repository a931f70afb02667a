package dev.fanfare.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What one subject or one address may have of a gateway. Clients name their address by `X-Forwarded-For`, because the
/// configuration says to believe it.
@QuarkusTest
@TestProfile(SharesIT.Small.class)
@QuarkusTestResource(GatewayRedis.class)
class SharesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PER_SUBJECT = 2;
    private static final int PER_ADDRESS = 4;

    /// The default of `fanfare.gateway.handshake.max-retry-after`, in seconds.
    private static final int MAX_RETRY_AFTER = 20;

    private static final Tokens TOKENS = Tokens.issuedBy("shares");

    /// Small shares, and rates that take an hour to come back, so that no slow machine sees it.
    public static final class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("fanfare.access.issuers.shares.issuer", TOKENS.issuer()),
                    Map.entry("fanfare.access.issuers.shares.audience", Tokens.AUDIENCE),
                    Map.entry(
                            "fanfare.access.issuers.shares.secret-file",
                            TOKENS.secretFile().toString()),
                    Map.entry("fanfare.access.issuers.away.issuer", "away"),
                    Map.entry("fanfare.access.issuers.away.audience", Tokens.AUDIENCE),
                    Map.entry("fanfare.access.issuers.away.jwks", "http://127.0.0.1:1/jwks.json"),
                    Map.entry("fanfare.access.limits.publishes-per-subject", "1"),
                    Map.entry("fanfare.access.limits.publishes-per-subject-burst", "20"),
                    Map.entry("fanfare.access.limits.failures-per-address", "1"),
                    Map.entry("fanfare.access.limits.failures-per-address-burst", "60"),
                    Map.entry("fanfare.gateway.access.max-connections-per-subject", String.valueOf(PER_SUBJECT)),
                    Map.entry("fanfare.gateway.access.max-connections-per-address", String.valueOf(PER_ADDRESS)),
                    Map.entry("fanfare.gateway.command.max-publishes-in-flight", "60"),
                    Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"));
        }
    }

    @TestHTTPResource("/ws")
    URI http;

    private final String address = "192.0.2." + UUID.randomUUID();
    private final String subject = "subject-" + UUID.randomUUID();
    private final List<WebSocketProbe> open = new ArrayList<>();

    private String token() {
        return TOKENS.forSubject(subject)
                .allowing("{\"*\":[\"subscribe\",\"publish\"]}")
                .until(Instant.now().plusSeconds(600));
    }

    private WebSocketProbe connect(Map<String, String> headers) {
        WebSocketProbe client =
                WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")), headers);
        open.add(client);
        return client;
    }

    private WebSocketProbe withToken(String token) {
        return connect(Map.of("Authorization", "Bearer " + token, "X-Forwarded-For", address));
    }

    private WebSocketProbe stranger() {
        return connect(Map.of("X-Forwarded-For", address));
    }

    private static HttpResponse<?> refusal(ThrowingCallable connecting) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, connecting);
        if (failure.getCause() instanceof WebSocketHandshakeException refused) {
            return refused.getResponse();
        }
        throw failure;
    }

    private static void assertIsRefused(HttpResponse<?> answer, int status, String reason) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Fanfare-Refused")).contains(reason);
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, MAX_RETRY_AFTER));
    }

    @Test
    void subjectWithAsManyConnectionsAsItMay_isRefusedUntilOneHasEnded() {
        // Given
        String token = token();
        WebSocketProbe first = withToken(token);
        withToken(token);

        // When
        HttpResponse<?> over = refusal(() -> withToken(token));

        // Then
        assertIsRefused(over, 429, "too-many-connections");
        first.close();
        await().atMost(SOON).ignoreExceptions().until(() -> withToken(token).isOpen());
        open.forEach(WebSocketProbe::close);
    }

    @Test
    void tokenInAFrame_isCountedToo_andGivenBackWithTheConnection() {
        // Given
        String auth = "{\"action\":\"auth\",\"token\":\"" + token() + "\",\"id\":1}";
        withToken(token());
        WebSocketProbe second = stranger();
        second.send(auth);
        assertThat(second.awaitFrames(1, SOON).getFirst()).contains("authenticated");
        WebSocketProbe third = stranger();

        // When
        third.send(auth);

        // Then
        assertThat(third.awaitFrames(1, SOON).getFirst()).contains("\"code\":42904", "\"id\":1");
        second.close();
        await().atMost(SOON).untilAsserted(() -> {
            third.send(auth);
            assertThat(third.frames().getLast()).contains("authenticated");
        });
        open.forEach(WebSocketProbe::close);
    }

    @Test
    void addressWithAsManyConnectionsAsItMay_isRefused_andNobodyElseIs() {
        // Given
        IntStream.range(0, PER_ADDRESS).forEach(_ -> stranger());

        // When
        HttpResponse<?> over = refusal(this::stranger);

        // Then
        assertIsRefused(over, 429, "too-many-connections");
        assertThat(connect(Map.of("X-Forwarded-For", address + "2")).isOpen()).isTrue();
        open.forEach(WebSocketProbe::close);
    }

    @Test
    void subjectThatPublishesTooMuch_isToldHowLongToWait_andNothingIsStored() {
        // Given
        WebSocketProbe client = withToken(token());

        // When
        IntStream.rangeClosed(1, 60)
                .forEach(i -> client.send("{\"action\":\"publish\",\"channel\":\"fast\",\"data\":1,\"id\":" + i + "}"));

        // Then
        List<String> answers = client.awaitFrames(60, SOON);
        assertThat(answers)
                .filteredOn(answer -> answer.contains("\"event\":\"published\""))
                .hasSizeBetween(15, 45);
        assertThat(answers)
                .filteredOn(answer -> answer.contains("\"code\":42902"))
                .isNotEmpty()
                .allMatch(answer -> answer.matches(".*\"id\":\\d+,\"retryAfterMs\":[1-9]\\d*}"));
        open.forEach(WebSocketProbe::close);
    }

    @Test
    void guesser_isNotLetInAnyMore_notEvenWithAGoodToken() {
        // Given
        String forged = TOKENS.forSubject(subject)
                .allowing("{}")
                .forgedUntil(Instant.now().plusSeconds(60));
        String auth = "{\"action\":\"auth\",\"token\":\"" + forged + "\",\"id\":1}";
        WebSocketProbe client = stranger();
        await().atMost(SOON).untilAsserted(() -> {
            for (int i = 0; i < 30; i++) {
                client.send(auth);
            }
            assertThat(client.frames()).anyMatch(frame -> frame.contains("\"code\":42903"));
        });

        // When
        HttpResponse<?> answer = refusal(() -> withToken(token()));

        // Then
        assertIsRefused(answer, 429, "too-many-failures");
        open.forEach(WebSocketProbe::close);
    }

    @Test
    void clientsWhoseKeysCannotBeRead_areToldDifferentTimesToComeBack() {
        // Given
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String token = base64.encodeToString("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString("{\"iss\":\"away\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(new byte[256]);

        // When
        List<HttpResponse<?>> answers = IntStream.range(0, 30)
                .<HttpResponse<?>>mapToObj(_ -> refusal(() -> withToken(token)))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> assertIsRefused(answer, 503, "keys-unavailable"));
        assertThat(answers.stream()
                        .map(answer -> answer.headers().firstValue("Retry-After"))
                        .distinct())
                .hasSizeGreaterThan(1);
    }
}
