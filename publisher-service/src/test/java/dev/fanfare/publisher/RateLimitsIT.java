package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.BadToken;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What subjects and addresses are told that do too much. A burst takes an hour to come back, so that no slow
/// machine sees it. Clients name themselves by `X-Forwarded-For`, because the configuration says to believe it.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(RateLimitsIT.Small.class)
class RateLimitsIT {

    private static final int BURST = 3600;
    private static final Tokens TOKENS = Tokens.issuedBy("rates");
    private static final KeyFolder SIGNING = KeyFolder.with("2026-11-29");
    private static final String CHANNEL = "it.rates";

    /// One a second after a burst.
    public static final class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            settings.put("fanfare.access.issuers.rates.issuer", TOKENS.issuer());
            settings.put("fanfare.access.issuers.rates.audience", Tokens.AUDIENCE);
            settings.put(
                    "fanfare.access.issuers.rates.secret-file",
                    TOKENS.secretFile().toString());
            for (String limit : new String[] {"publishes-per-subject", "publishes-per-address"}) {
                settings.put("fanfare.access.limits." + limit, "1");
                settings.put("fanfare.access.limits." + limit + "-burst", String.valueOf(BURST));
            }
            settings.put("fanfare.access.limits.failures-per-address", "1");
            settings.put("fanfare.access.limits.failures-per-address-burst", "3");
            settings.put("fanfare.access.limits.tokens-per-key", "1");
            settings.put("fanfare.access.limits.tokens-per-key-burst", "3");
            settings.put("fanfare.access.admin-secret-file", TOKENS.secretFile().toString());
            settings.put(
                    "fanfare.publisher.tokens.signing-folder", SIGNING.path().toString());
            settings.put("fanfare.admission.max-batch-messages", "1000");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }

    private final String address = "192.0.2." + UUID.randomUUID();

    private static String token(String subject) {
        return TOKENS.forSubject(subject)
                .allowing("{\"*\":[\"publish\"]}")
                .until(Instant.now().plusSeconds(600));
    }

    private HttpRequest.Builder publish(int messages) {
        String body = "[" + "{\"data\":1},".repeat(messages - 1) + "{\"data\":1}]";
        return Api.post(CHANNEL, "application/json", body.getBytes(UTF_8)).header("X-Forwarded-For", address);
    }

    private HttpResponse<String> publish(int messages, String token) {
        return Api.send(publish(messages).header("Authorization", "Bearer " + token));
    }

    private static void assertIsTooMuch(HttpResponse<String> answer, long leastSeconds) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"code\":42902");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Long.parseLong(seconds)).isGreaterThanOrEqualTo(leastSeconds));
    }

    @Test
    void subjectOverItsBurst_isA429WithTheTimeToWait_andNobodyElseIs() {
        // Given
        String alices = token("alice");
        for (int i = 0; i < 4; i++) {
            assertThat(publish(1000, alices).statusCode()).isEqualTo(201);
        }

        // When
        HttpResponse<String> over = publish(1, alices);

        // Then
        assertIsTooMuch(over, 4 * 1000 - BURST - 300);
        assertThat(publish(1, token("bert")).statusCode()).isEqualTo(201);
    }

    @Test
    void messagesOfABatch_areCountedOneByOne() {
        // Given
        String carols = token("carol");
        publish(BURST - 1000, carols);
        publish(999, carols);
        String batch = "[" + ("{\"channel\":\"" + CHANNEL + "\",\"data\":1},").repeat(499) + "{\"channel\":\"" + CHANNEL
                + "\",\"data\":1}]";

        // When
        HttpResponse<String> answer = Api.send(HttpRequest.newBuilder(Api.address("/v1/messages"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + carols)
                .POST(HttpRequest.BodyPublishers.ofString(batch)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).contains("\"offset\":", "\"code\":42902");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void stranger_isCountedByAddress() {
        // Given
        for (int i = 0; i < 4; i++) {
            assertThat(Api.send(publish(1000)).statusCode()).isEqualTo(201);
        }

        // When
        HttpResponse<String> over = Api.send(publish(1));

        // Then
        assertIsTooMuch(over, 1);
        assertThat(publish(1, token("dora")).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> post(String path, String key, String body) {
        return Api.send(HttpRequest.newBuilder(Api.address(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String newKey() {
        String answer = post("/v1/keys", "admin." + TOKENS.secret(), "{\"name\":\"shop\",\"capability\":{}}")
                .body();
        return answer.replaceFirst("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> order(String key) {
        return post("/v1/tokens", key, "{\"subject\":\"alice\",\"capability\":{}}");
    }

    @Test
    void keyThatOrdersTooManyTokens_isA429WithTheTimeToWait_andNoOtherKeyIs() {
        // Given
        String shop = newKey();
        String bank = newKey();
        int issued = 0;
        HttpResponse<String> answer = order(shop);
        while (answer.statusCode() == 201 && issued < 60) {
            issued++;
            answer = order(shop);
        }

        // When
        HttpResponse<String> ofAnother = order(bank);

        // Then
        assertIsTooMuch(answer, 1);
        assertThat(answer.body()).contains("tokens were issued");
        assertThat(issued).isGreaterThanOrEqualTo(3);
        assertThat(ofAnother.statusCode()).isEqualTo(201);
    }

    @Test
    void guesser_isNotLookedAtAnyMore_notEvenWithAGoodToken() {
        // Given
        String good = token("emil");
        int status = 0;
        for (int i = 0; i < 60 && status != 429; i++) {
            status = publish(1, BadToken.FORGED.of(TOKENS.forSubject("emil").allowing("{}")))
                    .statusCode();
        }

        // When
        HttpResponse<String> answer = publish(1, good);

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"code\":42903");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        HttpResponse<String> fromElsewhere =
                Api.send(Api.post(CHANNEL, "application/json", "{\"data\":1}".getBytes(UTF_8))
                        .header("X-Forwarded-For", address + "2")
                        .header("Authorization", "Bearer " + good));
        assertThat(fromElsewhere.statusCode()).isEqualTo(201);
    }
}
