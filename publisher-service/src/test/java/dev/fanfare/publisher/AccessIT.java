package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.BadToken;
import dev.fanfare.testkit.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The HTTP API where strangers may do nothing: the token says who may publish and read.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(AccessIT.TokensOnly.class)
class AccessIT {

    static final Tokens TOKENS = Tokens.issuedBy("tests");
    private static final String ALLOWED = "{\"open.*\":[\"history\"],\"open.wall\":[\"publish\"]}";

    /// No anonymous access, and one issuer.
    public static final class TokensOnly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            settings.put("fanfare.access.anonymous", "{}");
            settings.put("fanfare.access.clock-skew", "0s");
            settings.put("fanfare.access.issuers.tests.issuer", TOKENS.issuer());
            settings.put("fanfare.access.issuers.tests.audience", Tokens.AUDIENCE);
            settings.put(
                    "fanfare.access.issuers.tests.secret-file",
                    TOKENS.secretFile().toString());
            return settings;
        }
    }

    @Inject
    MeterRegistry registry;

    private static Instant inAMinute() {
        return Instant.now().plusSeconds(60);
    }

    private static Tokens.Draft alice() {
        return TOKENS.forSubject("alice").allowing(ALLOWED);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String token) {
        return Api.send(request.header("Authorization", "Bearer " + token));
    }

    private static HttpRequest.Builder publish(String channel, String json) {
        return Api.post(channel, "application/json", json.getBytes(UTF_8));
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(Api.address(path));
    }

    @ParameterizedTest
    @CsvSource({"open.wall, 201", "open.other, 403", "closed, 403"})
    void publish_takesTheOperationOnTheChannel(String channel, int status) {
        // When
        HttpResponse<String> answer = send(publish(channel, "{\"data\":1}"), alice().until(inAMinute()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.body()).contains("\"code\":40300", "the token does not allow publish on this channel");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/channels/open.wall/messages, 200",
        "/v1/channels/closed/messages, 403",
        "/v1/channels/open.wall, 200",
        "/v1/channels/closed, 403"
    })
    void reads_takeHistoryOnTheChannel(String path, int status) {
        assertThat(send(get(path), alice().until(inAMinute())).statusCode()).isEqualTo(status);
    }

    @Test
    void stranger_isRefusedEverywhere_andToldToBringAToken() {
        for (HttpRequest.Builder request : new HttpRequest.Builder[] {
            publish("open.wall", "{\"data\":1}"), get("/v1/channels/open.wall/messages"), get("/v1/channels/open.wall")
        }) {
            // When
            HttpResponse<String> answer = Api.send(request);

            // Then
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("\"code\":40100");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @ParameterizedTest
    @EnumSource(BadToken.class)
    void badToken_isRefusedWithItsOwnCode(BadToken fault) {
        // When
        HttpResponse<String> answer = send(publish("open.wall", "{\"data\":1}"), fault.of(alice()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":" + fault.code());
    }

    @Test
    void requestWithoutAGoodToken_countsAsUnauthorized_andOneForTooMuchAsForbidden() {
        // Given
        double unauthorized = refused("unauthorized");
        double forbidden = refused("forbidden");
        double malformed = refused("malformed");

        // When
        Api.send(publish("open.wall", "{\"data\":1}"));
        send(publish("open.wall", "{\"data\":1}"), "no.token.atall");
        send(publish("closed", "{\"data\":1}"), alice().until(inAMinute()));
        send(get("/v1/channels/open.wall"), "no.token.atall");

        // Then
        assertThat(refused("unauthorized")).isEqualTo(unauthorized + 2);
        assertThat(refused("forbidden")).isEqualTo(forbidden + 1);
        assertThat(refused("malformed")).isEqualTo(malformed);
    }

    private double refused(String outcome) {
        return registry.get("fanfare.publish.admissions")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static HttpResponse<String> revoke(String json, String token) {
        return send(
                HttpRequest.newBuilder(Api.address("/v1/revocations"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                token);
    }

    private static String admin() {
        return TOKENS.forSubject("admin").allowing("{\"*\":[\"admin\"]}").until(inAMinute());
    }

    @Test
    void revokedSubject_isRefusedWithinASecond_andNobodyElseIs() {
        // Given
        String carols = TOKENS.forSubject("carol").allowing(ALLOWED).until(inAMinute());
        assertThat(send(publish("open.wall", "{\"data\":1}"), carols).statusCode())
                .isEqualTo(201);

        // When
        HttpResponse<String> revoked = revoke("{\"subject\":\"carol\"}", admin());

        // Then
        assertThat(revoked.statusCode()).isEqualTo(201);
        assertThat(revoked.body()).contains("\"subject\":\"carol\"", "\"effectiveAt\":", "\"until\":");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<String> answer = send(publish("open.wall", "{\"data\":1}"), carols);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("\"code\":40113");
        });
        assertThat(send(publish("open.wall", "{\"data\":1}"), alice().until(inAMinute()))
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}",
                "{\"subject\":\"a\",\"token\":\"b\"}",
                "{\"user\":\"a\"}",
                "{\"subject\":\"\"}",
                "{\"channel\":\"a b\"}",
                "{\"subject\":\"a\",\"graceMs\":-1}",
                "{\"subject\":\"a\",\"graceMs\":3600001}",
                "[]",
                "{\"subject\":\"a\"} x"
            })
    void badRevocation_isRefusedAndRevokesNothing(String body) {
        // When
        HttpResponse<String> answer = revoke(body, admin());

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":40011");
    }

    @Test
    void revoking_takesAdminOnEveryChannel() {
        // When
        HttpResponse<String> answer = revoke(
                "{\"subject\":\"carol\"}",
                TOKENS.forSubject("half").allowing("{\"open.*\":[\"admin\"]}").until(inAMinute()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Api.send(HttpRequest.newBuilder(Api.address("/v1/revocations"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"subject\":\"carol\"}")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void otherCredentials_areRefused() {
        // When
        HttpResponse<String> answer =
                Api.send(publish("open.wall", "{\"data\":1}").header("Authorization", "Basic YTpi"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":40115");
    }

    @Test
    void batch_isDecidedMessageByMessage() {
        // Given
        var request = HttpRequest.newBuilder(Api.address("/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "[{\"channel\":\"open.wall\",\"data\":1},{\"channel\":\"closed\",\"data\":2}]"));

        // When
        HttpResponse<String> answer = send(request, alice().until(inAMinute()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).contains("\"offset\":", "\"code\":40300");
    }

    @Test
    void tokenOfAClient_marksItsMessages_andNobodyElses() {
        // Given
        String token = alice().with("clientId", "\"phone-7\"").until(inAMinute());

        // When
        HttpResponse<String> own = send(publish("open.wall", "{\"data\":\"own\"}"), token);
        HttpResponse<String> foreign = send(publish("open.wall", "{\"data\":1,\"clientId\":\"tv\"}"), token);

        // Then
        assertThat(own.statusCode()).isEqualTo(201);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(send(get("/v1/channels/open.wall/messages?direction=backwards&limit=1"), token)
                        .body())
                .contains("\"own\"", "\"clientId\":\"phone-7\"");
    }

    @Test
    void channelList_namesOnlyThoseThatMayBeRead() {
        // Given
        String everything = TOKENS.forSubject("root")
                .allowing("{\"*\":[\"publish\",\"history\"]}")
                .until(inAMinute());
        send(publish("open.listed", "{\"data\":1}"), everything);
        send(publish("closed.listed", "{\"data\":1}"), everything);

        // When
        String forAlice =
                send(get("/v1/channels?limit=1000"), alice().until(inAMinute())).body();
        String forRoot = send(get("/v1/channels?limit=1000"), everything).body();

        // Then
        assertThat(forAlice).contains("open.listed").doesNotContain("closed.listed");
        assertThat(forRoot).contains("open.listed", "closed.listed");
    }
}
