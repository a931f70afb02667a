package dev.fanfare.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.access.key.VerificationKey;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final TokenSettings SETTINGS = new TokenSettings(Duration.ofSeconds(30), Duration.ofHours(24), 8192);
    private static final Map<SigningAlgorithm, TestIssuer> ISSUERS = issuers();

    private final VirtualClock clock = new VirtualClock();
    private final TokenVerifier verifier =
            new TokenVerifier(ISSUERS.values().stream().map(TestIssuer::trusted).toList(), SETTINGS, clock);

    /// A way to spoil a token.
    // Its changes are lambdas without state, which the checker cannot know.
    @SuppressWarnings("ImmutableEnumChecker")
    enum Flaw {
        EXPIRED(ErrorCode.TOKEN_EXPIRED, claims("exp", -31L, "iat", -300L)),
        EXPIRED_LONG_AGO_AND_LONG_LIVED(ErrorCode.TOKEN_EXPIRED, claims("exp", -31L, "iat", -100_000L)),
        NOT_BEGUN(ErrorCode.TOKEN_NOT_YET_VALID, claims("nbf", 31L)),
        ISSUED_IN_THE_FUTURE(ErrorCode.TOKEN_NOT_YET_VALID, claims("iat", 31L)),
        TOO_LONG_LIVED(ErrorCode.TOKEN_LIFETIME_TOO_LONG, claims("exp", 86_401L)),
        TOO_LONG_LIVED_FROM_ITS_ISSUE(ErrorCode.TOKEN_LIFETIME_TOO_LONG, claims("iat", -3_600L, "exp", 82_801L)),
        TOO_LONG_LIVED_FROM_NOW(
                ErrorCode.TOKEN_LIFETIME_TOO_LONG, claims("exp", 86_401L).without("iat")),
        NO_EXPIRY(ErrorCode.TOKEN_CLAIM_MISSING, claims().without("exp")),
        NO_SUBJECT(ErrorCode.TOKEN_CLAIM_MISSING, claims().without("sub")),
        NO_CAPABILITY(ErrorCode.TOKEN_CLAIM_MISSING, claims().without("capability")),
        NO_ISSUER(ErrorCode.TOKEN_CLAIM_MISSING, claims().without("iss")),
        OTHER_ISSUER(ErrorCode.TOKEN_ISSUER_UNKNOWN, claims().with("iss", "https://elsewhere")),
        NO_AUDIENCE(ErrorCode.TOKEN_AUDIENCE_WRONG, claims().without("aud")),
        OTHER_AUDIENCE(ErrorCode.TOKEN_AUDIENCE_WRONG, claims().with("aud", "elsewhere")),
        OTHER_AUDIENCES(ErrorCode.TOKEN_AUDIENCE_WRONG, claims().with("aud", List.of("a", "Fanfare"))),
        EXPIRY_IS_TEXT(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("exp", "tomorrow")),
        EXPIRY_IS_ENORMOUS(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("exp", 1e300)),
        EXPIRY_IS_NEGATIVE(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("exp", -1)),
        SUBJECT_IS_A_NUMBER(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("sub", 7)),
        SUBJECT_IS_EMPTY(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("sub", "")),
        SUBJECT_BREAKS_A_LINE(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("sub", "a\nb")),
        SUBJECT_IS_LONG(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("sub", "a".repeat(256))),
        ID_IS_LONG(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("jti", "a".repeat(129))),
        CLIENT_ID_IS_AN_OBJECT(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("clientId", Map.of())),
        CAPABILITY_IS_A_LIST(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("capability", List.of("subscribe"))),
        CAPABILITY_IS_UNKNOWN(
                ErrorCode.TOKEN_CLAIM_INVALID, claims().with("capability", Map.of("a", List.of("delete")))),
        AUDIENCE_IS_A_NUMBER(ErrorCode.TOKEN_CLAIM_INVALID, claims().with("aud", 7)),
        ISSUER_IS_A_NUMBER(ErrorCode.TOKEN_MALFORMED, claims().with("iss", 7));

        private final ErrorCode expected;
        private final Change change;

        Flaw(ErrorCode expected, Change change) {
            this.expected = expected;
            this.change = change;
        }

        private static Change claims(Object... secondsFromNow) {
            Change change = (all, now) -> {};
            for (int i = 0; i < secondsFromNow.length; i += 2) {
                Change before = change;
                String name = (String) secondsFromNow[i];
                long seconds = (Long) secondsFromNow[i + 1];
                change = (all, now) -> {
                    before.apply(all, now);
                    all.put(name, now.getEpochSecond() + seconds);
                };
            }
            return change;
        }
    }

    interface Change {
        void apply(Map<String, Object> claims, Instant now);

        default Change with(String name, Object value) {
            return (claims, now) -> {
                apply(claims, now);
                claims.put(name, value);
            };
        }

        default Change without(String name) {
            return (claims, now) -> {
                apply(claims, now);
                claims.remove(name);
            };
        }
    }

    static Stream<Arguments> flaws() {
        return Arrays.stream(SigningAlgorithm.values())
                .flatMap(algorithm -> Arrays.stream(Flaw.values()).map(flaw -> Arguments.of(algorithm, flaw)));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void flawedToken_isRefusedWithItsCode(SigningAlgorithm algorithm, Flaw flaw) {
        // Given
        TestIssuer issuer = issuer(algorithm);
        Map<String, Object> claims = issuer.goodClaims(clock.instant());
        flaw.change.apply(claims, clock.instant());

        // When
        Verification result = verify(issuer.sign(claims));

        // Then
        assertThat(codeOf(result)).as("%s", result).isEqualTo(flaw.expected);
    }

    @ParameterizedTest
    @EnumSource
    void goodToken_saysWhatItsClaimsSay(SigningAlgorithm algorithm) {
        // Given
        String text = issuer(algorithm).token(clock.instant());

        // When
        Token token = verified(verify(text));

        // Then
        assertThat(token.id()).isEqualTo("token-1");
        assertThat(token.subject()).isEqualTo("alice");
        assertThat(token.clientId()).isEqualTo("phone");
        assertThat(token.keyId()).isEqualTo("key-" + algorithm.id());
        assertThat(token.issuer()).isEqualTo("https://" + algorithm.id());
        assertThat(token.issuedAt()).isEqualTo(clock.instant());
        assertThat(token.expiresAt()).isEqualTo(clock.instant().plusSeconds(300));
        assertThat(token.capabilities().allows(Operation.SUBSCRIBE, new Channel("iss.telemetry")))
                .isTrue();
        assertThat(token.capabilities().allows(Operation.PUBLISH, new Channel("iss.telemetry")))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void timesWithinTheSkew_areTaken(SigningAlgorithm algorithm) {
        // Given
        Map<String, Object> claims = issuer(algorithm).goodClaims(clock.instant());
        claims.put("exp", clock.instant().getEpochSecond() - 29);
        claims.put("nbf", clock.instant().getEpochSecond() + 30);
        claims.put("iat", clock.instant().getEpochSecond() - 300);

        // When
        Verification result = verify(issuer(algorithm).sign(claims));

        // Then
        assertThat(result).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void tokenAtTheEndOfItsTime_isRefusedAsExpired() {
        // Given
        String text = issuer(SigningAlgorithm.ES256).token(clock.instant());

        // When
        clock.advance(Duration.ofSeconds(329));
        Verification last = verify(text);
        clock.advance(Duration.ofSeconds(1));
        Verification over = verify(text);

        // Then
        assertThat(last).isInstanceOf(Verification.Verified.class);
        assertThat(codeOf(over)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void signatureOfAnotherKey_isRefused(SigningAlgorithm algorithm) {
        // Given
        var impostor = new TestIssuer("https://" + algorithm.id(), algorithm, "key-" + algorithm.id());
        String forged = algorithm == SigningAlgorithm.HS256
                ? impostor.sign(
                        JsonUtil.toJson(impostor.goodClaims(clock.instant())),
                        jws -> jws.setKey(new HmacKey(new byte[32])))
                : impostor.token(clock.instant());

        // When
        Verification result = verify(forged);

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.TOKEN_SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @EnumSource
    void signatureOfAnotherTokenOrLength_isRefused(SigningAlgorithm algorithm) {
        // Given
        TestIssuer issuer = issuer(algorithm);
        String text = issuer.token(clock.instant());
        String signed = text.substring(0, text.lastIndexOf('.') + 1);
        Map<String, Object> other = issuer.goodClaims(clock.instant());
        other.put("sub", "bob");
        String strange = issuer.sign(other);
        String swapped = signed + strange.substring(strange.lastIndexOf('.') + 1);

        // When, Then
        for (String forged : List.of(swapped, signed, signed + "AAAA", signed + "A".repeat(86), text + "AAAA")) {
            assertThat(codeOf(verify(forged))).as(forged).isEqualTo(ErrorCode.TOKEN_SIGNATURE_INVALID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noneAsAlgorithm_isRefused(SigningAlgorithm algorithm) {
        // Given
        String payload = JsonUtil.toJson(issuer(algorithm).goodClaims(clock.instant()));

        // When, Then
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String forged = encoded("{\"alg\":\"" + none + "\"}") + "." + encoded(payload) + ".";
            assertThat(codeOf(verify(forged))).isEqualTo(ErrorCode.TOKEN_ALGORITHM_REFUSED);
            assertThat(codeOf(verify(forged + "AAAA"))).isEqualTo(ErrorCode.TOKEN_ALGORITHM_REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HS256", mode = EnumSource.Mode.EXCLUDE)
    void publicKeyAsSecret_isRefused(SigningAlgorithm algorithm) {
        // Given
        TestIssuer issuer = issuer(algorithm);
        String payload = JsonUtil.toJson(issuer.goodClaims(clock.instant()));
        byte[] published = issuer.publicKey().getEncoded();

        // When
        Verification result = verify(issuer.sign(payload, jws -> {
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            jws.setKey(new HmacKey(published));
            jws.setDoKeyValidation(false);
        }));

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.TOKEN_ALGORITHM_REFUSED);
    }

    @Test
    void publicKeyAsSecretOfAnIssuerWithBothKinds_findsNoKey() {
        // Given
        TestIssuer issuer = issuer(SigningAlgorithm.RS256);
        var both = new TrustedIssuer(
                "https://RS256",
                TestIssuer.AUDIENCE,
                Set.of(SigningAlgorithm.RS256, SigningAlgorithm.HS256),
                IssuerKeys.fixed(new KeySet(List.of(issuer.key()))));
        String forged = issuer.sign(JsonUtil.toJson(issuer.goodClaims(clock.instant())), jws -> {
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            jws.setKey(new HmacKey(issuer.publicKey().getEncoded()));
        });

        // When
        Verification result = now(new TokenVerifier(List.of(both), SETTINGS, clock).verify(forged));

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void rsaTokenInStrongerVariant_isRefused() {
        // Given
        TestIssuer issuer = issuer(SigningAlgorithm.RS256);
        String payload = JsonUtil.toJson(issuer.goodClaims(clock.instant()));

        // When, Then
        for (String other : List.of("RS384", "RS512", "PS256")) {
            String text = issuer.sign(payload, jws -> jws.setAlgorithmHeaderValue(other));
            assertThat(codeOf(verify(text))).isEqualTo(ErrorCode.TOKEN_ALGORITHM_REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HS256", mode = EnumSource.Mode.EXCLUDE)
    void unknownKeyId_isRefused(SigningAlgorithm algorithm) {
        // Given
        TestIssuer issuer = issuer(algorithm);
        String payload = JsonUtil.toJson(issuer.goodClaims(clock.instant()));

        // When
        Verification result = verify(issuer.sign(payload, jws -> jws.setKeyIdHeaderValue("other")));

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void issuersKey_isOfNoUseForAnotherIssuer() {
        // Given
        TestIssuer mallory = issuer(SigningAlgorithm.ES256);
        Map<String, Object> claims = mallory.goodClaims(clock.instant());
        claims.put("iss", "https://EdDSA");

        // When
        Verification result = verify(mallory.sign(claims));

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.TOKEN_ALGORITHM_REFUSED);
    }

    @Test
    void tokenWithoutKeyId_isCheckedWithTheOnlyKey() {
        // Given
        var one = new TestIssuer("https://one", SigningAlgorithm.ES256, null);
        var other = new TestIssuer("https://one", SigningAlgorithm.ES256, "other");
        String text = one.token(clock.instant());

        // When
        Verification alone = now(verifierOf(one, one.key()).verify(text));
        Verification amongTwo = now(verifierOf(one, one.key(), other.key()).verify(text));

        // Then
        assertThat(verified(alone).keyId()).isNull();
        assertThat(codeOf(amongTwo)).isEqualTo(ErrorCode.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void tokenOfSeveralAudiences_isTaken() {
        // Given
        Map<String, Object> claims = issuer(SigningAlgorithm.ES256).goodClaims(clock.instant());
        claims.put("aud", List.of("elsewhere", TestIssuer.AUDIENCE));

        // When
        Verification result = verify(issuer(SigningAlgorithm.ES256).sign(claims));

        // Then
        assertThat(result).isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @EnumSource
    void otherLastCharacterOfTheSignature_isRefused(SigningAlgorithm algorithm) {
        // Given: the last character has bits that belong to no byte, where the length is not a multiple of three
        String text = issuer(algorithm).token(clock.instant());
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String start = text.substring(0, text.length() - 1);

        // When
        List<String> accepted = alphabet.chars()
                .mapToObj(c -> start + (char) c)
                .filter(t -> verify(t) instanceof Verification.Verified)
                .toList();

        // Then
        assertThat(accepted).containsExactly(text);
    }

    @Test
    void everyPartInANonCanonicalForm_isMalformed() {
        // Given
        String text = issuer(SigningAlgorithm.ES256).token(clock.instant());
        String[] parts = text.split("\\.", -1);

        // When, Then
        for (int i = 0; i < parts.length; i++) {
            for (String spoilt :
                    List.of(parts[i] + "=", parts[i] + "\n", " " + parts[i], parts[i] + "!", "ä" + parts[i])) {
                String[] changed = parts.clone();
                changed[i] = spoilt;
                assertThat(codeOf(verify(String.join(".", changed)))).isEqualTo(ErrorCode.TOKEN_MALFORMED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d.e",
                "e30.e30.",
                "W10.e30.AAAA",
                "bnVsbA.e30.AAAA",
                "ä.ö.ü",
            })
    void textThatIsNoToken_isMalformed(String text) {
        // When, Then
        assertThat(codeOf(verify(text))).isEqualTo(ErrorCode.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"ES256\",\"alg\":\"none\"}",
                "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"ES256\",\"kid\":7}",
                "{\"alg\":\"ES256\",\"kid\":\"a\\nb\"}",
                "{\"alg\":null}",
                "{\"kid\":\"key-ES256\"}",
                "{\"alg\":\"ES256\"}x",
                "{\"alg\":\"ES256\"",
                "{\"alg\":\"\\ud800\"}",
            })
    void strangeHeader_isMalformed(String header) {
        // Given
        String text = issuer(SigningAlgorithm.ES256).token(clock.instant());
        String changed = encoded(header) + text.substring(text.indexOf('.'));

        // When, Then
        assertThat(codeOf(verify(changed))).isEqualTo(ErrorCode.TOKEN_MALFORMED);
    }

    @Test
    void deepOrDoubledPayload_isMalformed() {
        // Given
        TestIssuer issuer = issuer(SigningAlgorithm.ES256);
        String good = JsonUtil.toJson(issuer.goodClaims(clock.instant()));
        String deep = good.replaceFirst("\\{", "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + ",");
        String doubled = good.replaceFirst("\\{", "{\"capability\":{\"*\":[\"admin\"]},");

        // When, Then
        assertThat(codeOf(verify(issuer.sign(deep, jws -> {})))).isEqualTo(ErrorCode.TOKEN_MALFORMED);
        assertThat(codeOf(verify(issuer.sign(doubled, jws -> {})))).isEqualTo(ErrorCode.TOKEN_MALFORMED);
    }

    @Test
    void tokenOverTheLength_isRefusedUnread() {
        // Given
        String text = issuer(SigningAlgorithm.ES256).token(clock.instant());
        var exact = new TokenVerifier(
                List.of(issuer(SigningAlgorithm.ES256).trusted()),
                new TokenSettings(Duration.ZERO, Duration.ofHours(1), text.length()),
                clock);

        // When, Then
        assertThat(now(exact.verify(text))).isInstanceOf(Verification.Verified.class);
        assertThat(codeOf(now(exact.verify(text + "A")))).isEqualTo(ErrorCode.TOKEN_TOO_LONG);
        assertThat(codeOf(verify("%".repeat(10_000_000)))).isEqualTo(ErrorCode.TOKEN_TOO_LONG);
    }

    @Test
    void tokenWithoutId_isNamedByWhatWasSigned() {
        // Given
        Map<String, Object> claims = issuer(SigningAlgorithm.ES256).goodClaims(clock.instant());
        claims.remove("jti");
        String one = issuer(SigningAlgorithm.ES256).sign(claims);
        String again = issuer(SigningAlgorithm.ES256).sign(claims);
        claims.put("sub", "bob");
        String other = issuer(SigningAlgorithm.ES256).sign(claims);

        // When
        String id = verified(verify(one)).id();

        // Then: an ECDSA signature is another one each time
        assertThat(one).isNotEqualTo(again);
        assertThat(id).startsWith("sha256-").hasSize(50);
        assertThat(verified(verify(again)).id()).isEqualTo(id);
        assertThat(verified(verify(other)).id()).isNotEqualTo(id);
    }

    @Test
    void tokenThatDoesNotSayWhenItWasIssued_countsAsAsOldAsItMayBe() {
        // Given
        Map<String, Object> claims = issuer(SigningAlgorithm.ES256).goodClaims(clock.instant());
        claims.remove("iat");

        // When
        Token token = verified(verify(issuer(SigningAlgorithm.ES256).sign(claims)));

        // Then
        assertThat(token.issuedAt()).isEqualTo(token.expiresAt().minus(SETTINGS.maxLifetime()));
    }

    @Test
    void twoIssuersOfOneName_areRefused() {
        // Given
        TrustedIssuer issuer = issuer(SigningAlgorithm.ES256).trusted();

        // When, Then
        assertThatThrownBy(() -> new TokenVerifier(List.of(issuer, issuer), SETTINGS, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://ES256");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPrinted_holdsNoSecretAndNoToken(SigningAlgorithm algorithm) {
        // Given
        TestIssuer issuer = issuer(algorithm);
        String text = issuer.token(clock.instant());
        byte[] secret = issuer.key().key().getEncoded();

        // When
        String printed = issuer.key() + " " + new KeySet(List.of(issuer.key())) + " " + issuer.trusted() + " "
                + verify(text) + " " + verify(text + "AAAA");

        // Then
        assertThat(printed)
                .doesNotContain(new String(secret, UTF_8))
                .doesNotContain(Base64.getEncoder().encodeToString(secret))
                .doesNotContain(text.substring(text.lastIndexOf('.') + 1))
                .doesNotContain(text.split("\\.", -1)[1]);
    }

    private TokenVerifier verifierOf(TestIssuer issuer, VerificationKey... keys) {
        return new TokenVerifier(
                List.of(issuer.trustedWith(IssuerKeys.fixed(new KeySet(List.of(keys))))), SETTINGS, clock);
    }

    private static TestIssuer issuer(SigningAlgorithm algorithm) {
        return Objects.requireNonNull(ISSUERS.get(algorithm));
    }

    private Verification verify(String text) {
        return now(verifier.verify(text));
    }

    private static Verification now(CompletionStage<Verification> stage) {
        assertThat(stage.toCompletableFuture()).isCompleted();
        return stage.toCompletableFuture().join();
    }

    private static ErrorCode codeOf(Verification result) {
        return switch (result) {
            case Verification.Verified verified -> throw new AssertionError("taken: " + verified);
            case Verification.Refused refused -> refused.code();
        };
    }

    private static Token verified(Verification result) {
        return switch (result) {
            case Verification.Verified verified -> verified.token();
            case Verification.Refused refused -> throw new AssertionError("refused: " + refused);
        };
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static Map<SigningAlgorithm, TestIssuer> issuers() {
        Map<SigningAlgorithm, TestIssuer> issuers = new EnumMap<>(SigningAlgorithm.class);
        Function<SigningAlgorithm, TestIssuer> made = a -> new TestIssuer("https://" + a.id(), a, "key-" + a.id());
        Arrays.stream(SigningAlgorithm.values()).forEach(a -> issuers.put(a, made.apply(a)));
        return issuers;
    }
}
