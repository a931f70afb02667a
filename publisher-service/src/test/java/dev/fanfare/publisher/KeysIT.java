package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// API keys where strangers may do nothing: made by the admin, good for the HTTP API and for tokens, until they are
/// disabled.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(KeysIT.OwnTokens.class)
class KeysIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Tokens FILES = Tokens.issuedBy("the admin of tests");
    private static final KeyFolder SIGNING = KeyFolder.with("2026-11-29");
    private static final String ALLOWED = "{\"open.*\":[\"history\",\"subscribe\"],\"open.wall\":[\"publish\"]}";
    private static final String PUBLISH = "{\"data\":1}";

    private RedisServer redis;

    /// An admin, a key to sign with, and nobody else.
    public static final class OwnTokens implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            settings.put("fanfare.access.anonymous", "{}");
            settings.put("fanfare.access.clock-skew", "0s");
            settings.put("fanfare.access.admin-secret-file", FILES.secretFile().toString());
            settings.put("fanfare.access.issuers.own.issuer", "fanfare");
            settings.put("fanfare.access.issuers.own.audience", "fanfare");
            settings.put("fanfare.access.issuers.own.jwks", "redis");
            settings.put(
                    "fanfare.publisher.tokens.signing-folder", SIGNING.path().toString());
            return settings;
        }
    }

    /// The ways in which a key may come.
    enum Carrier {
        BEARER,
        BASIC;

        String authorization(String key) {
            return switch (this) {
                case BEARER -> "Bearer " + key;
                case BASIC ->
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(key.replaceFirst("\\.", ":").getBytes(UTF_8));
            };
        }
    }

    private record Key(String id, String text) {}

    private static String admin() {
        return "Bearer admin." + FILES.secret();
    }

    private static HttpResponse<String> send(
            String method, String path, @Nullable String body, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Api.address(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return Api.send(request);
    }

    private static Key newKey() {
        HttpResponse<String> made =
                send("POST", "/v1/keys", "{\"name\":\"shop\",\"capability\":" + ALLOWED + "}", admin());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new Key(member(made, "id"), member(made, "key"));
    }

    private static String member(HttpResponse<String> answer, String name) {
        return answer.body().replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<String> enable(Key key, boolean isEnabled) {
        return send("PATCH", "/v1/keys/" + key.id(), "{\"enabled\":" + isEnabled + "}", admin());
    }

    private static HttpResponse<String> issue(String authorization, String capability) {
        return send("POST", "/v1/tokens", "{\"subject\":\"alice\",\"capability\":" + capability + "}", authorization);
    }

    private static HttpResponse<String> publish(String channel, @Nullable String authorization) {
        return send("POST", "/v1/channels/" + channel + "/messages", PUBLISH, authorization);
    }

    private static void assertRefused(HttpResponse<String> answer, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code / 100);
        assertThat(answer.body()).contains("\"code\":" + code);
    }

    @ParameterizedTest
    @EnumSource
    void key_isGoodForWhatItAllows_byEitherCarrier(Carrier carrier) {
        // Given
        String authorization = carrier.authorization(newKey().text());

        // When, Then
        assertThat(publish("open.wall", authorization).statusCode()).isEqualTo(201);
        assertRefused(publish("open.other", authorization), 40300);
        assertThat(send("GET", "/v1/channels/open.wall/messages", null, authorization)
                        .statusCode())
                .isEqualTo(200);
        assertRefused(send("GET", "/v1/channels/closed/messages", null, authorization), 40300);
        assertRefused(send("GET", "/v1/keys", null, authorization), 40300);
    }

    @ParameterizedTest
    @EnumSource
    void badKey_isRefusedWithItsCode_byEitherCarrier(Carrier carrier) {
        // Given
        Key key = newKey();
        Key disabled = newKey();
        enable(disabled, false);

        // When, Then
        assertRefused(publish("open.wall", carrier.authorization(key.text() + "x")), 40115);
        assertRefused(publish("open.wall", carrier.authorization(key.id() + ".")), 40115);
        assertRefused(publish("open.wall", carrier.authorization("fk_nobody." + FILES.secret())), 40115);
        assertRefused(publish("open.wall", carrier.authorization("admin.wrong")), 40115);
        assertRefused(publish("open.wall", carrier.authorization(disabled.text())), 40116);
        assertRefused(publish("open.wall", carrier.authorization(disabled.text() + "x")), 40115);
    }

    @Test
    void otherSchemes_areMalformedTokens() {
        // When, Then
        assertRefused(publish("open.wall", "Digest a"), 40101);
        assertRefused(publish("open.wall", "Basic rubbish"), 40115);
        assertRefused(publish("open.wall", null), 40100);
    }

    @Test
    void secret_isShownOnce_andNotKept() {
        // Given
        Key key = newKey();
        String secret = key.text().substring(key.text().indexOf('.') + 1);

        // When
        String listed = send("GET", "/v1/keys?limit=1000", null, admin()).body();

        // Then
        assertThat(listed).contains(key.id(), "\"name\":\"shop\"").doesNotContain(secret);
        Object kept = redis.execute(
                "EVAL",
                "local all = '' for _, k in ipairs(redis.call('KEYS', '*{keys}:all')) do"
                        + " all = all .. table.concat(redis.call('HVALS', k), ' ') end return all",
                "0");
        assertThat(String.valueOf(kept)).contains(key.id()).doesNotContain(secret);
    }

    @Test
    void token_isGoodForAPartOfWhatItsKeyAllows() {
        // Given
        String authorization = Carrier.BEARER.authorization(newKey().text());

        // When
        HttpResponse<String> issued = await().atMost(SOON)
                .until(
                        () -> issue(authorization, "{\"open.wall\":[\"publish\"]}"),
                        answer -> answer.statusCode() < 500);

        // Then
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        assertThat(issued.headers().firstValue("Cache-Control")).contains("no-store");
        String bearer = "Bearer " + member(issued, "token");
        assertThat(publish("open.wall", bearer).statusCode()).isEqualTo(201);
        assertRefused(send("GET", "/v1/channels/open.wall/messages", null, bearer), 40300);
        assertRefused(issue(bearer, "{}"), 40300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"subject\":\"a\",\"capability\":{\"open.wall\":[\"admin\"]}}; 40301",
                "{\"subject\":\"a\",\"capability\":{\"*\":[\"history\"]}}; 40301",
                "{\"subject\":\"a\"}; 40011",
                "{\"capability\":{}}; 40011",
                "{\"subject\":\"\",\"capability\":{}}; 40011",
                "{\"subject\":1,\"capability\":{}}; 40011",
                "{\"subject\":\"a\",\"capability\":{\"a\":[]}}; 40011",
                "{\"subject\":\"a\",\"capability\":[]}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"clientId\":\"\"}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"lifetimeMs\":999}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"lifetimeMs\":3600001}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"lifetimeMs\":99999999999999999999}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"lifetimeMs\":\"1m\"}; 40011",
                "{\"subject\":\"a\",\"capability\":{},\"exp\":1}; 40011",
                "{\"subject\":\"a\",\"capability\":{}} x; 40011",
                "[]; 40011"
            })
    void badOrder_isRefused(String body, int code) {
        // When, Then
        assertRefused(send("POST", "/v1/tokens", body, Carrier.BEARER.authorization(newKey().text())), code);
    }

    @Test
    void disabledKey_isRefused_andSoAreItsTokens_alsoWhenItIsEnabledAgain() {
        // Given
        Key key = newKey();
        String authorization = Carrier.BEARER.authorization(key.text());
        HttpResponse<String> issued = await().atMost(SOON)
                .until(
                        () -> issue(authorization, "{\"open.wall\":[\"publish\"]}"),
                        answer -> answer.statusCode() == 201);
        String bearer = "Bearer " + member(issued, "token");
        assertThat(publish("open.wall", bearer).statusCode()).isEqualTo(201);

        // When
        HttpResponse<String> disabled = enable(key, false);

        // Then
        assertThat(disabled.statusCode()).isEqualTo(200);
        assertThat(disabled.body()).contains("\"enabled\":false");
        assertRefused(issue(authorization, "{}"), 40116);
        await().atMost(SOON).untilAsserted(() -> assertRefused(publish("open.wall", bearer), 40113));

        // When
        enable(key, true);

        // Then
        assertThat(publish("open.wall", authorization).statusCode()).isEqualTo(201);
        assertRefused(publish("open.wall", bearer), 40113);
    }

    @Test
    void key_isRemovedWhenItIsDisabled_andUnknownThen() {
        // Given
        Key key = newKey();

        // When
        HttpResponse<String> enabled = send("DELETE", "/v1/keys/" + key.id(), null, admin());
        enable(key, false);
        HttpResponse<String> removed = send("DELETE", "/v1/keys/" + key.id(), null, admin());

        // Then
        assertRefused(enabled, 40902);
        assertThat(removed.statusCode()).isEqualTo(200);
        assertRefused(send("DELETE", "/v1/keys/" + key.id(), null, admin()), 40400);
        assertRefused(enable(key, true), 40400);
        assertRefused(enable(new Key("No-Id", ""), true), 40400);
    }

    @Test
    void keys_areListedInPages() {
        // Given
        Key one = newKey();
        Key other = newKey();

        // When
        HttpResponse<String> page = send("GET", "/v1/keys?limit=1", null, admin());
        var seen = new StringBuilder();
        while (page.body().contains("\"next\"")) {
            seen.append(page.body());
            page = send("GET", "/v1/keys?limit=1&cursor=" + member(page, "next"), null, admin());
        }

        // Then
        assertThat(seen).contains(one.id(), other.id());
        assertRefused(send("GET", "/v1/keys?cursor=x", null, admin()), 40012);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"a\"}",
                "{\"capability\":{}}",
                "{\"name\":\"\",\"capability\":{}}",
                "{\"name\":\"a\",\"capability\":{\"a b\":[\"publish\"]}}",
                "{\"name\":\"a\",\"capability\":{},\"secret\":\"b\"}",
                "{\"name\":\"a\",\"capability\":{}} x",
                "x"
            })
    void badKeyRequest_isRefused(String body) {
        // When, Then
        assertRefused(send("POST", "/v1/keys", body, admin()), 40011);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"enabled\":1}", "{\"enabled\":true,\"name\":\"a\"}", "[]", "x", "{\"enabled\":false} x"
            })
    void badChange_isRefused(String body) {
        // When, Then
        assertRefused(send("PATCH", "/v1/keys/fk_nobody", body, admin()), 40011);
    }

    @Test
    void managingKeys_takesAdminOnEveryChannel() {
        // Given
        String key = Carrier.BEARER.authorization(newKey().text());

        // When, Then
        for (String authorization : new String[] {key, null}) {
            int code = authorization == null ? 40100 : 40300;
            assertRefused(send("POST", "/v1/keys", "{\"name\":\"a\",\"capability\":{}}", authorization), code);
            assertRefused(send("PATCH", "/v1/keys/fk_nobody", "{\"enabled\":true}", authorization), code);
            assertRefused(send("DELETE", "/v1/keys/fk_nobody", null, authorization), code);
        }
        assertRefused(publish("open.wall", admin()), 40300);
        assertRefused(issue(admin(), "{}"), 40115);
    }

    @Test
    void keySet_isPublic_andHasNoPrivateParts() {
        // When
        HttpResponse<String> set = await().atMost(SOON)
                .until(
                        () -> send("GET", "/.well-known/jwks.json", null, null),
                        answer -> answer.body().contains("2026-11-29"));

        // Then
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(set.body())
                .contains("\"kid\":\"2026-11-29\"", "\"alg\":\"ES256\"")
                .doesNotContain("\"d\":");
        assertThat(set.headers().firstValue("Cache-Control")).contains("public, max-age=60");
    }
}
