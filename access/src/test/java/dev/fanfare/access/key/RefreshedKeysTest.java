package dev.fanfare.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshedKeysTest {

    private static final Set<SigningAlgorithm> PUBLIC =
            EnumSet.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256, SigningAlgorithm.EDDSA);
    private static final RefreshLimits NEVER_BY_ITSELF =
            new RefreshLimits(Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(500));
    private static final RefreshLimits OFTEN =
            new RefreshLimits(Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(500));

    private final KeyServer server;
    private final PublicJsonWebKey old = ec("old");
    private final PublicJsonWebKey next = ec("next");
    private RefreshedKeys keys;

    RefreshedKeysTest() throws IOException {
        this.server = new KeyServer(KeyServer.keys(old));
        this.keys = read(NEVER_BY_ITSELF);
    }

    @AfterEach
    void close() {
        keys.close();
        server.close();
    }

    @Test
    void whoAsksBeforeTheFirstSet_waitsForIt() {
        // When
        boolean answered = answer(keys.newer());

        // Then
        assertThat(answered).isTrue();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void age_countsFromTheLastSetThatCouldBeUsed() {
        // Given
        answer(keys.newer());
        Duration fresh = keys.age().orElseThrow();
        server.answerWith(KeyServer.text(500, "no"));

        // When
        await().until(() -> !answer(keys.newer()));

        // Then
        assertThat(keys.age()).hasValueSatisfying(age -> assertThat(age).isGreaterThan(fresh));
    }

    @Test
    void ageOfKeysThatWereNeverRead_isNotKnown() {
        // Given
        server.answerWith(KeyServer.text(500, "no"));
        restart(NEVER_BY_ITSELF);

        // When
        answer(keys.newer());

        // Then
        assertThat(keys.age()).isEmpty();
    }

    @Test
    void changedSet_isReadByItself() {
        // Given
        restart(OFTEN);
        await().until(() -> ids().contains("old"));

        // When
        server.answerWith(KeyServer.keys(old, next));

        // Then
        await().untilAsserted(() -> assertThat(ids()).containsExactly("old", "next"));
    }

    @Test
    void unknownKey_isAskedForAtOnce() {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.keys(old, next));

        // When
        await().until(() -> {
            answer(keys.newer());
            return ids().contains("next");
        });

        // Then
        assertThat(ids()).containsExactly("old", "next");
    }

    @Test
    void manyUnknownKeys_causeOneReadPerInterval() {
        // Given
        restart(new RefreshLimits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(5)));
        answer(keys.newer());
        int before = server.requests();

        // When
        List<CompletionStage<Boolean>> asked =
                IntStream.range(0, 10_000).mapToObj(i -> keys.newer()).toList();

        // Then
        assertThat(asked).allMatch(stage -> stage.toCompletableFuture().isDone());
        assertThat(asked).allMatch(RefreshedKeysTest::answer);
        assertThat(server.requests()).isEqualTo(before);
    }

    @Test
    void moreThanMayWait_areAnsweredAtOnce() {
        // Given
        server.answerWith(server.stall());
        restart(new RefreshLimits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1)));

        // When
        List<CompletionStage<Boolean>> asked = IntStream.range(0, RefreshedKeys.MAX_WAITING + 5)
                .mapToObj(i -> keys.newer())
                .toList();

        // Then
        assertThat(asked)
                .filteredOn(stage -> stage.toCompletableFuture().isDone())
                .hasSize(5)
                .noneMatch(RefreshedKeysTest::answer);
        keys.close();
        assertThat(asked).noneMatch(RefreshedKeysTest::answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "null",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[null,7,[]]}",
                "{\"keys\":[{\"kty\":\"EC\"}]}",
                "{\"keys\":[{\"kty\":\"unheard-of\",\"kid\":\"x\"}]}",
                "{\"keys\":[],\"keys\":[]}",
            })
    void garbage_leavesTheLastGoodSet(String garbage) {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.text(200, garbage));

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 404, 500, 503})
    void otherStatus_leavesTheLastGoodSet(int status) {
        // Given
        answer(keys.newer());
        server.answerWith(
                status == 204 || status == 304
                        ? exchange -> exchange.sendResponseHeaders(status, -1)
                        : KeyServer.text(status, KeyServer.json(next)));

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void redirect_isNotFollowed() throws IOException {
        // Given
        answer(keys.newer());
        try (var elsewhere = new KeyServer(KeyServer.keys(next))) {
            server.answerWith(KeyServer.redirect(elsewhere.uri()));

            // When
            boolean answered = answerOfARead();

            // Then
            assertThat(answered).isFalse();
            assertThat(elsewhere.requests()).isZero();
        }
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void bodyWithoutEnd_isGivenUp() {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.flood());

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void setOfTooManyBytes_isRefused() {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.text(200, KeyServer.json(next) + " ".repeat(Jwks.MAX_BYTES)));

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void setOfTooManyKeys_isRefused() {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.keys(many(Jwks.MAX_KEYS + 1)));

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");

        // And as many as are allowed are read
        server.answerWith(KeyServer.keys(many(Jwks.MAX_KEYS)));
        assertThat(answerOfARead()).isTrue();
        assertThat(ids()).hasSize(Jwks.MAX_KEYS);
    }

    @Test
    void stalledServer_isGivenUpInTime() {
        // Given
        answer(keys.newer());
        server.answerWith(server.stall());

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void serverThatIsAwayAtTheStart_isFoundLater() {
        // Given
        server.answerWith(KeyServer.text(503, ""));
        restart(OFTEN);
        assertThat(answer(keys.newer())).isFalse();
        assertThat(keys.current().isEmpty()).isTrue();

        // When
        server.answerWith(KeyServer.keys(next));

        // Then
        await().untilAsserted(() -> assertThat(ids()).containsExactly("next"));
    }

    @Test
    void keysOfNoUse_arePassedOver() throws JoseException {
        // Given
        PublicJsonWebKey encryption = ec("encryption");
        encryption.setUse("enc");
        PublicJsonWebKey signing = RsaJwkGenerator.generateJwk(2048);
        signing.setKeyOps(List.of("sign"));
        PublicJsonWebKey weak = RsaJwkGenerator.generateJwk(1024);
        PublicJsonWebKey otherCurve = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        PublicJsonWebKey otherAlgorithm = RsaJwkGenerator.generateJwk(2048);
        otherAlgorithm.setAlgorithm("RS512");
        PublicJsonWebKey leaked = ec("leaked");
        JsonWebKey secret = OctJwkGenerator.generateJwk(256);
        PublicJsonWebKey edwards = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        edwards.setKeyId("edwards");
        String set = KeyServer.json(encryption, signing, weak, otherCurve, otherAlgorithm, edwards);
        String withSecrets = set.substring(0, set.length() - 2) + ","
                + leaked.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE) + ","
                + secret.toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC) + "]}";
        answer(keys.newer());
        server.answerWith(KeyServer.text(200, withSecrets));

        // When
        answerOfARead();

        // Then
        assertThat(ids()).containsExactly("edwards");
    }

    @Test
    void twoKeysOfOneName_areRefused() {
        // Given
        answer(keys.newer());
        server.answerWith(KeyServer.keys(ec("same"), ec("same")));

        // When
        boolean answered = answerOfARead();

        // Then
        assertThat(answered).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void file_isReadAgain(@TempDir Path folder) throws IOException {
        // Given
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, KeyServer.json(old));
        keys.close();
        keys = RefreshedKeys.fromFile("test", file, PUBLIC, OFTEN, new Random(1));
        await().until(() -> ids().contains("old"));

        // When
        Files.writeString(file, KeyServer.json(next));

        // Then
        await().untilAsserted(() -> assertThat(ids()).containsExactly("next"));
    }

    @Test
    void closedKeys_areNotReadAgain() {
        // Given
        restart(OFTEN);
        answer(keys.newer());

        // When
        keys.close();

        // Then
        await().until(() -> !keys.isReading());
        assertThat(answer(keys.newer())).isFalse();
        assertThat(ids()).containsExactly("old");
    }

    private RefreshedKeys read(RefreshLimits limits) {
        return RefreshedKeys.fromUrl("test", server.uri(), PUBLIC, limits, new Random(1));
    }

    private void restart(RefreshLimits limits) {
        keys.close();
        keys = read(limits);
    }

    private List<String> ids() {
        return keys.current().keys().stream()
                .map(key -> String.valueOf(key.id()))
                .toList();
    }

    /// Asks until the server was asked once more.
    private boolean answerOfARead() {
        int before = server.requests();
        boolean[] answered = new boolean[1];
        await().until(() -> {
            answered[0] = answer(keys.newer());
            return server.requests() > before;
        });
        return answered[0];
    }

    private static boolean answer(CompletionStage<Boolean> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static PublicJsonWebKey ec(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonWebKey[] many(int count) {
        return IntStream.range(0, count).mapToObj(i -> ec("k" + i)).toArray(JsonWebKey[]::new);
    }
}
