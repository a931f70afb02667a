package dev.fanfare.access.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.token.Token;
import dev.fanfare.access.token.TokenSettings;
import dev.fanfare.access.token.Verification;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationsTest {

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final RevocationSettings SETTINGS = RevocationSettings.of(
            Duration.ofMillis(50), Duration.ofSeconds(1), MAX_AGE, new TokenSettings(SKEW, Duration.ofHours(24), 8192));
    private static final Channel CHANNEL = new Channel("iss.telemetry");

    private final VirtualClock clock = new VirtualClock();
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final Revocations revocations = new Revocations(broker, SETTINGS, clock, nanos::get);

    @Test
    void beforeTheFirstRead_nothingIsAllowed() {
        // When, Then
        assertThat(codeOf(revocations.check(token()))).contains(ErrorCode.REVOCATIONS_UNKNOWN);
        assertThat(codeOf(revocations.check(token(), CHANNEL))).contains(ErrorCode.REVOCATIONS_UNKNOWN);
    }

    @Test
    void whileTheFirstReadFails_nothingIsAllowed() {
        // Given
        broker.stop();

        // When
        boolean good = revocations.read(true);

        // Then
        assertThat(good).isFalse();
        assertThat(codeOf(revocations.check(token()))).contains(ErrorCode.REVOCATIONS_UNKNOWN);
    }

    @Test
    void answerThatIsTooOld_isNoReasonToAllowAnything() {
        // Given
        revocations.read(true);
        broker.stop();

        // When
        nanos.addAndGet(MAX_AGE.toNanos());
        revocations.read(false);
        Optional<ErrorCode> inTime = codeOf(revocations.check(token()));
        nanos.addAndGet(1);
        Optional<ErrorCode> tooLate = codeOf(revocations.check(token()));
        broker.resume();
        revocations.read(false);

        // Then
        assertThat(inTime).isEmpty();
        assertThat(tooLate).contains(ErrorCode.REVOCATIONS_UNKNOWN);
        assertThat(revocations.check(token())).isEmpty();
    }

    @Test
    void age_countsFromTheBeginOfTheLastReadThatSucceeded() {
        // Given
        Optional<Duration> before = revocations.age();
        revocations.read(true);

        // When
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        broker.stop();
        revocations.read(false);

        // Then
        assertThat(before).isEmpty();
        assertThat(revocations.age()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN, token-1, true",
        "TOKEN, token-2, false",
        "TOKEN, alice, false",
        "SUBJECT, alice, true",
        "SUBJECT, bob, false",
        "KEY, key-1, true",
        "KEY, key-2, false",
        "KEY, shop, true",
    })
    void revocation_refusesWhatItMeans(Kind kind, String value, boolean expected) {
        // Given
        revocations.read(true);

        // When
        revoke(kind, value, Duration.ZERO);

        // Then
        assertThat(codeOf(revocations.check(token())))
                .isEqualTo(expected ? Optional.of(ErrorCode.TOKEN_REVOKED) : Optional.empty());
    }

    @Test
    void revokedChannel_isRefusedAndOthersAreNot() {
        // Given
        revocations.read(true);

        // When
        revoke(Kind.CHANNEL, "iss.*", Duration.ZERO);

        // Then
        assertThat(codeOf(revocations.check(token(), CHANNEL))).contains(ErrorCode.TOKEN_REVOKED);
        assertThat(revocations.check(token(), new Channel("chat"))).isEmpty();
        assertThat(revocations.check(token())).isEmpty();
    }

    @Test
    void tokenWithoutKeyId_isMeantByNoKey() {
        // Given
        revocations.read(true);

        // When
        revoke(Kind.KEY, "key-1", Duration.ZERO);

        // Then
        assertThat(revocations.check(token("token-1", null, clock.instant()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SUBJECT, alice", "KEY, key-1", "CHANNEL, iss.*"})
    void tokenThatWasIssuedLater_isNotMeant(Kind kind, String value) {
        // Given
        revocations.read(true);
        revoke(kind, value, Duration.ZERO);
        Token within = token("token-1", "key-1", clock.instant().plus(SKEW));
        Token beyond = token("token-1", "key-1", clock.instant().plus(SKEW).plusSeconds(1));

        // When, Then
        assertThat(codeOf(revocations.check(within, CHANNEL))).contains(ErrorCode.TOKEN_REVOKED);
        assertThat(revocations.check(beyond, CHANNEL)).isEmpty();
    }

    @Test
    void tokenThatIsRevokedByItsId_isMeantWheneverItWasIssued() {
        // Given
        revocations.read(true);

        // When
        revoke(Kind.TOKEN, "token-1", Duration.ZERO);

        // Then
        assertThat(codeOf(
                        revocations.check(token("token-1", null, clock.instant().plusSeconds(3600)))))
                .contains(ErrorCode.TOKEN_REVOKED);
    }

    @Test
    void revocationWithGrace_takesEffectAndIsToldWhenThatIsOver() {
        // Given
        List<Revocation> told = new ArrayList<>();
        revocations.onEffective(told::add);
        revocations.read(true);

        // When
        Revocation made = revoke(Kind.SUBJECT, "alice", Duration.ofSeconds(30));

        // Then
        assertThat(revocations.check(token())).isEmpty();
        assertThat(told).isEmpty();

        clock.advance(Duration.ofSeconds(30));
        assertThat(codeOf(revocations.check(token("token-1", null, made.madeAt()))))
                .contains(ErrorCode.TOKEN_REVOKED);
        revocations.read(false);
        revocations.read(true);
        assertThat(told).containsExactly(made);
        assertThat(revocations.means(made, token("token-1", null, made.madeAt())))
                .isTrue();
    }

    @Test
    void revocationThatTheBrokerLost_goesOnToCountUntilItsTimeIsOver() {
        // Given
        revocations.read(true);
        Revocation made = revoke(Kind.SUBJECT, "alice", Duration.ZERO);
        Token old = token("token-1", null, made.madeAt());

        // When
        broker.forgetAll();
        revocations.read(true);

        // Then
        assertThat(codeOf(revocations.check(old))).contains(ErrorCode.TOKEN_REVOKED);
        clock.advance(SETTINGS.memory().plus(SKEW).plusMillis(1));
        revocations.read(false);
        assertThat(revocations.check(old)).isEmpty();
    }

    @Test
    void memory_coversEveryTokenThatWasGood() {
        // When, Then: issued by a clock that is ahead, and taken by one that is behind
        assertThat(SETTINGS.memory()).isEqualTo(Duration.ofHours(24).plusSeconds(60));
    }

    @Test
    void moreThanOnePage_isReadAtTheStart() {
        // Given
        int count = 2 * RevocationLog.MAX_LIMIT + 7;
        for (int i = 0; i < count; i++) {
            broker.revoke(new RevocationTarget(Kind.TOKEN, "t" + i), Duration.ZERO, SETTINGS.memory())
                    .join();
        }

        // When
        revocations.read(true);

        // Then
        assertThat(codeOf(revocations.check(token("t0", null, clock.instant()))))
                .contains(ErrorCode.TOKEN_REVOKED);
        assertThat(codeOf(revocations.check(token("t" + (count - 1), null, clock.instant()))))
                .contains(ErrorCode.TOKEN_REVOKED);
        assertThat(revocations.check(token("t" + count, null, clock.instant()))).isEmpty();
    }

    @Test
    void readThatEndsHalfway_countsAsFarAsItCame() {
        // Given
        for (int i = 0; i <= RevocationLog.MAX_LIMIT; i++) {
            broker.revoke(new RevocationTarget(Kind.TOKEN, "t" + i), Duration.ZERO, SETTINGS.memory())
                    .join();
        }
        var halfway = new Revocations(new BreaksAfterOnePage(), SETTINGS, clock, nanos::get);

        // When
        boolean first = halfway.read(true);
        boolean second = halfway.read(false);

        // Then
        assertThat(first).isFalse();
        assertThat(second).isTrue();
        assertThat(codeOf(halfway.check(token("t0", null, clock.instant())))).contains(ErrorCode.TOKEN_REVOKED);
        assertThat(codeOf(halfway.check(token("t" + RevocationLog.MAX_LIMIT, null, clock.instant()))))
                .contains(ErrorCode.TOKEN_REVOKED);
    }

    /// The log, which fails once, at its second answer.
    private final class BreaksAfterOnePage implements RevocationLog {

        private int answers;

        @Override
        public CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace, Duration memory) {
            return broker.revoke(target, grace, memory);
        }

        @Override
        public CompletableFuture<List<Revocation>> since(long after, int limit) {
            answers++;
            return answers == 2
                    ? CompletableFuture.failedFuture(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "on purpose"))
                    : broker.since(after, limit);
        }
    }

    @Test
    void listenerThatFails_doesNotKeepOthersFromHearing() {
        // Given
        List<Revocation> told = new ArrayList<>();
        revocations.onEffective(_ -> {
            throw new IllegalStateException("on purpose");
        });
        revocations.onEffective(told::add);
        revocations.read(true);

        // When
        Revocation made = revoke(Kind.TOKEN, "token-1", Duration.ZERO);

        // Then
        assertThat(told).containsExactly(made);
    }

    @Test
    void followedLog_isReadByItself() {
        // Given
        List<Revocation> told = new CopyOnWriteArrayList<>();
        try (var following = Revocations.of(broker, SETTINGS, clock)) {
            following.onEffective(told::add);
            await().until(following::isCurrent);

            // When
            Revocation made = following
                    .revoke(new RevocationTarget(Kind.SUBJECT, "alice"), Duration.ZERO)
                    .join();

            // Then
            await().untilAsserted(() -> assertThat(told).containsExactly(made));
            assertThat(codeOf(following.check(token()))).contains(ErrorCode.TOKEN_REVOKED);
        }
    }

    private Revocation revoke(Kind kind, String value, Duration grace) {
        Revocation made =
                revocations.revoke(new RevocationTarget(kind, value), grace).join();
        revocations.read(false);
        return made;
    }

    private Token token() {
        return token("token-1", "key-1", clock.instant());
    }

    private static Token token(String id, @Nullable String keyId, Instant issuedAt) {
        return new Token(
                id,
                "alice",
                keyId,
                "https://issuer",
                issuedAt,
                issuedAt.plusSeconds(300),
                Capabilities.NONE,
                null,
                "shop");
    }

    private static Optional<ErrorCode> codeOf(Optional<Verification.Refused> refused) {
        return refused.map(Verification.Refused::code);
    }
}
