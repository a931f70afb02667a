package dev.fanfare.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.failure.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {

    private static final String ADDRESS = "192.0.2.1";
    private static final Spender ALICE = new Spender.Known("tests\nalice", "tests\nk1");
    private static final Spender BERT = new Spender.Known("tests\nbert", "tests\nk1");
    private static final Spender CAROL = new Spender.Known("tests\ncarol", null);
    private static final Spender STRANGER = new Spender.Stranger(ADDRESS);

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LimitMetrics metrics = new LimitMetrics(registry);

    private Limits limits(String... keysAndValues) {
        return new Limits(
                LimitsConfigTest.config(keysAndValues),
                (_, _) -> CompletableFuture.completedFuture(Duration.ZERO),
                metrics,
                nanos::get);
    }

    @Test
    void subjectOverItsRate_isRefusedUntilItsTime_andNobodyElse() {
        // Given
        Limits limits = limits("publishes-per-subject", "10", "publishes-per-subject-burst", "2");

        // When
        Optional<Excess> within = limits.publish(ALICE, 2);
        Optional<Excess> over = limits.publish(ALICE, 1);
        Optional<Excess> ofAnother = limits.publish(BERT, 1);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        Optional<Excess> later = limits.publish(ALICE, 1);

        // Then
        assertThat(within).isEmpty();
        assertThat(over).hasValueSatisfying(excess -> {
            assertThat(excess.code()).isEqualTo(ErrorCode.RATE_EXCEEDED);
            assertThat(excess.pause()).isEqualTo(Duration.ofMillis(100));
        });
        assertThat(ofAnother).isEmpty();
        assertThat(later).isEmpty();
        assertThat(exceeded("publishes-per-subject")).isEqualTo(1);
    }

    @Test
    void keyOverItsRate_isRefusedForAllItsSubjects_andCountsNothingForThem() {
        // Given
        Limits limits = limits(
                "publishes-per-key", "10",
                "publishes-per-key-burst", "1",
                "publishes-per-subject", "1",
                "publishes-per-subject-burst", "1");

        // When
        limits.publish(ALICE, 1);
        Optional<Excess> ofTheKey = limits.publish(BERT, 1);
        Optional<Excess> withoutKey = limits.publish(CAROL, 1);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        Optional<Excess> later = limits.publish(BERT, 1);

        // Then
        assertThat(ofTheKey).map(Excess::pause).contains(Duration.ofMillis(100));
        assertThat(withoutKey).isEmpty();
        assertThat(later).isEmpty();
        assertThat(exceeded("publishes-per-key")).isEqualTo(1);
    }

    @Test
    void severalLimits_areToldByTheLongestWait() {
        // Given
        Limits limits = limits(
                "publishes-per-key", "10",
                "publishes-per-key-burst", "1",
                "publishes-per-subject", "1",
                "publishes-per-subject-burst", "1");

        // When
        limits.publish(ALICE, 1);

        // Then
        assertThat(limits.publish(ALICE, 1)).map(Excess::pause).contains(Duration.ofSeconds(1));
    }

    @Test
    void backends_areCountedByTheirKeyAlone_withTheTokensThatWereIssuedForIt() {
        // Given
        Limits limits = limits(
                "publishes-per-key", "1",
                "publishes-per-key-burst", "2",
                "publishes-per-subject", "1",
                "publishes-per-subject-burst", "1");
        var shop = new Spender.Backend("\nshop");

        // When
        limits.publish(shop, 1);
        Optional<Excess> second = limits.publish(shop, 1);
        Optional<Excess> ofAToken = limits.publish(new Spender.Known("tests\ndora", "\nshop"), 1);

        // Then
        assertThat(second).isEmpty();
        assertThat(ofAToken).isPresent();
        assertThat(exceeded("publishes-per-key")).isEqualTo(1);
    }

    @Test
    void keyOverItsTokens_isRefusedUntilItsTime_andNoOtherKeyIs_norWhatItPublishes() {
        // Given
        Limits limits = limits("tokens-per-key", "10", "tokens-per-key-burst", "2");
        limits.issue("shop");
        limits.issue("shop");

        // When
        Optional<Excess> over = limits.issue("shop");
        Optional<Excess> ofAnother = limits.issue("bank");
        Optional<Excess> published = limits.publish(new Spender.Backend("\nshop"), 1);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        Optional<Excess> later = limits.issue("shop");

        // Then
        assertThat(over).hasValueSatisfying(excess -> {
            assertThat(excess.code()).isEqualTo(ErrorCode.RATE_EXCEEDED);
            assertThat(excess.detail()).contains("tokens");
            assertThat(excess.pause()).isEqualTo(Duration.ofMillis(100));
        });
        assertThat(ofAnother).isEmpty();
        assertThat(published).isEmpty();
        assertThat(later).isEmpty();
        assertThat(exceeded("tokens-per-key")).isEqualTo(1);
    }

    @Test
    void strangers_areCountedByAddress() {
        // Given
        Limits limits = limits("publishes-per-address", "1", "publishes-per-address-burst", "1");

        // When
        limits.publish(STRANGER, 1);

        // Then
        assertThat(limits.publish(STRANGER, 1)).isPresent();
        assertThat(limits.publish(new Spender.Stranger("192.0.2.2"), 1)).isEmpty();
        assertThat(limits.publish(ALICE, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "TOKEN_MALFORMED",
                "TOKEN_TOO_LONG",
                "TOKEN_ISSUER_UNKNOWN",
                "TOKEN_ALGORITHM_REFUSED",
                "TOKEN_KEY_UNKNOWN",
                "TOKEN_SIGNATURE_INVALID",
                "API_KEY_INVALID"
            })
    void guesses_areCounted_untilNothingFromTheAddressIsLookedAt(ErrorCode code) {
        // Given
        Limits limits = limits("failures-per-address", "1", "failures-per-address-burst", "2");

        // When
        limits.refused(ADDRESS, code);
        Optional<Excess> afterOne = limits.failures(ADDRESS);
        limits.refused(ADDRESS, code);
        Optional<Excess> afterTwo = limits.failures(ADDRESS);

        // Then
        assertThat(afterOne).isEmpty();
        assertThat(afterTwo).map(Excess::code).contains(ErrorCode.TOO_MANY_FAILURES);
        assertThat(limits.failures("192.0.2.2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"TOKEN_EXPIRED", "TOKEN_REVOKED", "TOKEN_AUDIENCE_WRONG", "KEYS_UNAVAILABLE", "TOKEN_MISSING"})
    void whatWasGoodOnce_isNoGuess(ErrorCode code) {
        // Given
        Limits limits = limits("failures-per-address", "1", "failures-per-address-burst", "1");

        // When
        limits.refused(ADDRESS, code);

        // Then
        assertThat(limits.failures(ADDRESS)).isEmpty();
    }

    private double exceeded(String limit) {
        return registry.get("fanfare.limits.exceeded")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
