package dev.fanfare.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.access.key.RefreshLimits;
import dev.fanfare.access.key.RefreshedKeys;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.contract.failure.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys change while tokens come.
class KeyRotationTest {

    private static final String NAME = "https://issuer";
    private static final int ROTATIONS = 20;
    // Platform threads: a loop that only computes on a virtual one keeps its carrier from the thread that reads keys.
    private static final int WORKERS = 4;

    private final Clock clock = Clock.systemUTC();
    private final TestIssuer old = new TestIssuer(NAME, SigningAlgorithm.ES256, "old");
    private final TestIssuer next = new TestIssuer(NAME, SigningAlgorithm.ES256, "next");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("jwks.json");
    }

    @Test
    void rotationWithOverlapUnderLoad_refusesNothing() throws Exception {
        // Given
        List<TestIssuer> generations = Stream.iterate(0, i -> i <= ROTATIONS, i -> i + 1)
                .map(i -> new TestIssuer(NAME, SigningAlgorithm.ES256, "key-" + i))
                .toList();
        publish(file, generations.get(0));
        var limits = new RefreshLimits(Duration.ofHours(1), Duration.ofMillis(1), Duration.ofSeconds(5));
        var keys = RefreshedKeys.fromFile(NAME, file, Set.of(SigningAlgorithm.ES256), limits, new Random(1));
        Queue<Verification.Refused> refused = new ConcurrentLinkedQueue<>();
        var newest = new AtomicInteger();
        var verified = new AtomicInteger();
        try (var verifier = new TokenVerifier(
                        List.of(generations.get(0).trustedWith(keys)),
                        new TokenSettings(Duration.ofSeconds(30), Duration.ofHours(1), 8192),
                        clock);
                ExecutorService load = Executors.newFixedThreadPool(WORKERS)) {
            var stop = new CountDownLatch(1);
            for (int i = 0; i < WORKERS; i++) {
                load.execute(() -> {
                    while (stop.getCount() > 0) {
                        String text = generations.get(newest.get()).token(clock.instant());
                        switch (verifier.verify(text).toCompletableFuture().join()) {
                            case Verification.Verified _ -> verified.incrementAndGet();
                            case Verification.Refused refusal -> refused.add(refusal);
                        }
                    }
                });
            }

            try {
                // When: a new key is published beside the old one, and used when those who check have read it
                for (int i = 1; i <= ROTATIONS; i++) {
                    int before = verified.get();
                    await().until(() -> verified.get() > before + 20 || !refused.isEmpty());
                    String id = "key-" + i;
                    // Two old ones stay: a token may be older than the last rotation when it is verified.
                    publish(file, generations.subList(Math.max(0, i - 2), i + 1).toArray(TestIssuer[]::new));
                    await().until(() -> {
                        keys.newer().toCompletableFuture().get(10, TimeUnit.SECONDS);
                        return keys.current().keys().stream().anyMatch(key -> id.equals(key.id()));
                    });
                    newest.set(i);
                }
            } finally {
                stop.countDown();
            }
        }

        // Then
        assertThat(refused).isEmpty();
        assertThat(verified.get()).isGreaterThan(20 * ROTATIONS);
    }

    @Test
    void keyThatIsUsedAtOnce_isFoundByAsking() throws Exception {
        // Given
        try (TokenVerifier verifier = verifierOfOld()) {
            publish(file, old, next);

            // When, Then: within the least time between two reads
            await().until(() -> verify(verifier, next) instanceof Verification.Verified);
            assertThat(verify(verifier, old)).isInstanceOf(Verification.Verified.class);
        }
    }

    @Test
    void withdrawnKey_isRefused() throws Exception {
        // Given
        try (TokenVerifier verifier = verifierOfOld()) {

            // When
            publish(file, next);
            await().until(() -> verify(verifier, next) instanceof Verification.Verified);

            // Then
            assertThat(codeOf(verify(verifier, old))).isEqualTo(ErrorCode.TOKEN_KEY_UNKNOWN);
        }
    }

    @Test
    void sourceThatIsAway_leavesKnownKeysAndPutsOffOthers() throws Exception {
        // Given
        try (TokenVerifier verifier = verifierOfOld()) {

            // When
            Files.delete(file);

            // Then
            await().until(() -> codeOf(verify(verifier, next)) == ErrorCode.KEYS_UNAVAILABLE);
            assertThat(verify(verifier, old)).isInstanceOf(Verification.Verified.class);
            assertThat(verifier.issuersWithoutKeys()).isEmpty();
        }
    }

    @Test
    void issuerOfWhichNothingWasRead_isToldAndPutsOffItsTokens() {
        // Given
        var issuer = new TestIssuer(NAME, SigningAlgorithm.ES256, "key");
        try (TokenVerifier verifier = verifierOf(folder.resolve("missing"), issuer, Duration.ofHours(1))) {
            // When
            Verification result = verify(verifier, issuer);

            // Then
            assertThat(codeOf(result)).isEqualTo(ErrorCode.KEYS_UNAVAILABLE);
            assertThat(verifier.issuersWithoutKeys()).containsExactly(NAME);
        }
    }

    /// A verifier that has read the key of `old`, and asks for others as soon as it may.
    private TokenVerifier verifierOfOld() throws IOException {
        publish(file, old);
        TokenVerifier verifier = verifierOf(file, old, Duration.ofMillis(1));
        assertThat(verify(verifier, old)).isInstanceOf(Verification.Verified.class);
        return verifier;
    }

    private TokenVerifier verifierOf(Path keySet, TestIssuer issuer, Duration unknownKeyInterval) {
        var limits = new RefreshLimits(Duration.ofHours(1), unknownKeyInterval, Duration.ofSeconds(5));
        var keys = RefreshedKeys.fromFile(NAME, keySet, Set.of(SigningAlgorithm.ES256), limits, new Random(1));
        return new TokenVerifier(
                List.of(issuer.trustedWith(keys)),
                new TokenSettings(Duration.ofSeconds(30), Duration.ofHours(1), 8192),
                clock);
    }

    private Verification verify(TokenVerifier verifier, TestIssuer issuer) {
        return verifier.verify(issuer.token(clock.instant()))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static ErrorCode codeOf(Verification result) {
        return switch (result) {
            case Verification.Verified verified -> throw new AssertionError("taken: " + verified);
            case Verification.Refused refused -> refused.code();
        };
    }

    private static void publish(Path keySet, TestIssuer... issuers) throws IOException {
        String set =
                Stream.of(issuers).map(KeyRotationTest::json).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        Path whole = Files.writeString(keySet.resolveSibling("next.json"), set);
        Files.move(whole, keySet, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String json(TestIssuer issuer) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(issuer.publicKey());
            key.setKeyId(issuer.key().id());
            return key.toJson();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
