package dev.fanfare.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// 100,000 spoilt tokens, which a seed decides: none is taken, none causes a fault.
class TokenFuzzTest {

    private static final long SEED = 20261124;
    private static final int TOKENS = 100_000;
    private static final int MAX_BYTES = 8192;

    private final Random random = new Random(SEED);
    private final VirtualClock clock = new VirtualClock();
    private final List<TestIssuer> issuers = Stream.of(SigningAlgorithm.values())
            .map(a -> new TestIssuer("https://" + a.id(), a, "key"))
            .toList();
    private final List<String> good =
            issuers.stream().map(i -> i.token(clock.instant())).toList();
    private final List<UnaryOperator<String>> mutations = List.of(
            this::flipBit,
            this::flipBitOfLastCharacter,
            this::replaceCharacter,
            this::deleteCharacter,
            this::insertCharacter,
            this::swapParts,
            this::mixParts,
            this::truncate,
            this::flipDecodedBit,
            this::editHeader,
            this::editPayload,
            this::repeat,
            this::insertUnicode);

    @Test
    void spoiltToken_isNeverTakenAndNeverAFault() {
        // Given
        var verifier = new TokenVerifier(
                issuers.stream().map(TestIssuer::trusted).toList(),
                new TokenSettings(Duration.ofSeconds(30), Duration.ofHours(24), MAX_BYTES),
                clock);
        Map<ErrorCode, Integer> seen = new EnumMap<>(ErrorCode.class);
        assertThat(good).allMatch(text -> result(verifier, text) instanceof Verification.Verified);

        for (int i = 0; i < TOKENS; i++) {
            String spoilt = spoilt();

            // When
            Verification result = result(verifier, spoilt);

            // Then
            switch (result) {
                case Verification.Verified verified -> throw new AssertionError("taken: " + verified + " of " + spoilt);
                case Verification.Refused refused -> seen.merge(refused.code(), 1, Integer::sum);
            }
        }
        assertThat(seen)
                .doesNotContainKeys(ErrorCode.INTERNAL, ErrorCode.KEYS_UNAVAILABLE)
                .containsKeys(
                        ErrorCode.TOKEN_MALFORMED,
                        ErrorCode.TOKEN_TOO_LONG,
                        ErrorCode.TOKEN_ISSUER_UNKNOWN,
                        ErrorCode.TOKEN_ALGORITHM_REFUSED,
                        ErrorCode.TOKEN_KEY_UNKNOWN,
                        ErrorCode.TOKEN_SIGNATURE_INVALID);
        // What a mutation does is of use only if enough tokens get as far as their signature.
        assertThat(seen.get(ErrorCode.TOKEN_SIGNATURE_INVALID)).isGreaterThan(TOKENS / 10);
    }

    private static Verification result(TokenVerifier verifier, String text) {
        return verifier.verify(text).toCompletableFuture().join();
    }

    /// One to three mutations; never a good token again.
    private String spoilt() {
        String text = oneOf(good);
        do {
            text = oneOf(mutations).apply(text);
        } while (good.contains(text) || random.nextInt(4) == 0);
        return text;
    }

    private String flipBit(String text) {
        return replace(text, at(text), c -> (char) (c ^ (1 << random.nextInt(7))));
    }

    private String flipBitOfLastCharacter(String text) {
        return replace(text, Math.max(0, text.length() - 1), c -> (char) (c ^ (1 << random.nextInt(7))));
    }

    private String replaceCharacter(String text) {
        return replace(text, at(text), c -> (char) random.nextInt(128));
    }

    private String deleteCharacter(String text) {
        int at = at(text);
        return text.isEmpty() ? text : text.substring(0, at) + text.substring(at + 1);
    }

    private String insertCharacter(String text) {
        int at = at(text);
        return text.substring(0, at) + "AQgw09-_.=+/ \n".charAt(random.nextInt(14)) + text.substring(at);
    }

    private String swapParts(String text) {
        String[] parts = text.split("\\.", -1);
        int one = random.nextInt(parts.length);
        int other = random.nextInt(parts.length);
        String kept = parts[one];
        parts[one] = parts[other];
        parts[other] = kept;
        return String.join(".", parts);
    }

    private String mixParts(String text) {
        String[] parts = text.split("\\.", -1);
        String[] others = oneOf(good).split("\\.", -1);
        int at = random.nextInt(Math.min(parts.length, others.length));
        parts[at] = others[at];
        return String.join(".", parts);
    }

    private String truncate(String text) {
        return text.substring(0, at(text));
    }

    private String flipDecodedBit(String text) {
        return editPart(text, random.nextInt(3), bytes -> {
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        });
    }

    private String editHeader(String text) {
        String header = oneOf(List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"kid\":\"key\"}",
                "{\"alg\":\"RS256\",\"kid\":\"key\"}",
                "{\"alg\":\"ES256\",\"kid\":\"key\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"key\"}",
                "{\"alg\":\"ES256\",\"kid\":\"other\"}",
                "{\"alg\":\"RS256\",\"kid\":\"other\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"ES256\",\"jku\":\"http://127.0.0.1:1/\"}",
                "{\"alg\":\"PS256\",\"kid\":\"key\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"key\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"EdDSA\",\"kid\":\"key\",\"cty\":\"JWT\"}",
                "{\"alg\":\"ES256\",\"kid\":\"key\",\"x\":" + "9".repeat(400) + "}",
                "{\"alg\":\"ES256\",\"kid\":\"key\",\"x\":-1e9999999999}",
                "{\"alg\":[[[[[[]]]]]]}"));
        return editPart(text, 0, bytes -> header.getBytes(UTF_8));
    }

    private String editPayload(String text) {
        String member = oneOf(List.of(
                "\"admin\":true,",
                "\"sub\":\"root\",",
                "\"exp\":1e999,",
                "\"x\":\"\\ud800\",",
                "\"x\":" + "[".repeat(70) + "]".repeat(70) + ",",
                "\"x\":-0.0,",
                "\"\":null,",
                " ",
                "\"capability\":{\"*\":[\"admin\"]},",
                "\"iss\":\"https://elsewhere\","));
        return editPart(
                text,
                1,
                bytes -> new String(bytes, UTF_8)
                        .replaceFirst("\\{", Matcher.quoteReplacement("{" + member))
                        .getBytes(UTF_8));
    }

    private String repeat(String text) {
        return text.length() > 2 * MAX_BYTES ? text : text.repeat(1 + random.nextInt(64));
    }

    private String insertUnicode(String text) {
        int at = at(text);
        String strange = oneOf(List.of("\u0000", "ä", "\u2028", "\ud83d\ude00", "\ud800", "Ａ", "\u202e", "\ufeff"));
        return text.substring(0, at) + strange + text.substring(at);
    }

    private String editPart(String text, int part, UnaryOperator<byte[]> edit) {
        String[] parts = text.split("\\.", -1);
        if (part >= parts.length) {
            return text;
        }
        try {
            byte[] bytes = edit.apply(Base64.getUrlDecoder().decode(parts[part]));
            parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (IllegalArgumentException _) {
            // Spoilt already.
            return text;
        }
        return String.join(".", parts);
    }

    private int at(String text) {
        return text.isEmpty() ? 0 : random.nextInt(text.length());
    }

    private static String replace(String text, int at, IntUnaryOperator change) {
        return text.isEmpty()
                ? text
                : text.substring(0, at) + (char) change.applyAsInt(text.charAt(at)) + text.substring(at + 1);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
