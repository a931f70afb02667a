package dev.fanfare.access.grant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.access.capability.AnonymousAccess;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.access.key.VerificationKey;
import dev.fanfare.access.limit.Excess;
import dev.fanfare.access.limit.LimitMetrics;
import dev.fanfare.access.limit.Limits;
import dev.fanfare.access.limit.LimitsConfig;
import dev.fanfare.access.revocation.RevocationSettings;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.TokenSettings;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.TrustedIssuer;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The doorkeeper with two issuers, over the in-memory broker.
class DoorkeeperTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ADDRESS = "192.0.2.1";
    private static final Channel OPEN = new Channel("open.a");
    private static final Channel CLOSED = new Channel("closed");
    private static final Tokens ONE = Tokens.issuedBy("one");
    private static final Tokens TWO = Tokens.issuedBy("two");
    private static final TokenSettings TOKENS = new TokenSettings(Duration.ZERO, Duration.ofHours(1), 8192);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final Revocations revocations = Revocations.of(
            broker,
            RevocationSettings.of(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(1), TOKENS),
            clock);
    private final Doorkeeper doorkeeper = doorkeeper("{\"open.*\":[\"subscribe\"]}");

    @BeforeEach
    void readRevocations() {
        await().atMost(SOON).until(revocations::isCurrent);
    }

    @AfterEach
    void stopReading() {
        revocations.close();
    }

    private Doorkeeper doorkeeper(String anonymous) {
        LimitsConfig limits = new SmallRyeConfigBuilder()
                .withMapping(LimitsConfig.class)
                .withDefaultValue("fanfare.access.limits.failures-per-address", "1")
                .withDefaultValue("fanfare.access.limits.failures-per-address-burst", "3600")
                .withDefaultValue("fanfare.access.limits.tokens-per-key", "1")
                .withDefaultValue("fanfare.access.limits.tokens-per-key-burst", "1")
                .withDefaultValue("fanfare.access.limits.publishes-per-subject", "1")
                .withDefaultValue("fanfare.access.limits.publishes-per-subject-burst", "3600")
                .build()
                .getConfigMapping(LimitsConfig.class);
        return new Doorkeeper(
                new TokenVerifier(List.of(trusted(ONE), trusted(TWO)), TOKENS, clock),
                new AnonymousAccess(Capabilities.parse(anonymous.getBytes(UTF_8))),
                revocations,
                new Limits(limits, broker, new LimitMetrics(new SimpleMeterRegistry())));
    }

    private static TrustedIssuer trusted(Tokens tokens) {
        try {
            var secret = new HmacKey(Files.readAllBytes(tokens.secretFile()));
            var keys = new KeySet(List.of(new VerificationKey(null, SigningAlgorithm.HS256, secret)));
            return new TrustedIssuer(
                    tokens.issuer(), Tokens.AUDIENCE, Set.of(SigningAlgorithm.HS256), IssuerKeys.fixed(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Instant soon() {
        return clock.instant().plusSeconds(600);
    }

    private String token(Tokens issuer, String subject) {
        return issuer.forSubject(subject).allowing("{\"open.*\":[\"publish\"]}").until(soon());
    }

    private Verdict admit(String token) {
        return doorkeeper.admit(token, ADDRESS).toCompletableFuture().join();
    }

    private Grant grant(String token) {
        return ((Verdict.Granted) admit(token)).grant();
    }

    private static ErrorCode codeOf(Verdict verdict) {
        return ((Verdict.Refused) verdict).code();
    }

    private void revoke(RevocationTarget.Kind kind, String value) {
        revocations.revoke(new RevocationTarget(kind, value), Duration.ZERO).join();
    }

    @Test
    void strangers_mayDoWhatTheRuleForThemSays_andAreToldToBringATokenForMore() {
        // When
        Grant strangers = doorkeeper.strangers();

        // Then
        assertThat(doorkeeper.refusal(strangers, Operation.SUBSCRIBE, OPEN)).isEmpty();
        assertThat(doorkeeper.refusal(strangers, Operation.PUBLISH, OPEN))
                .map(Verdict.Refused::code)
                .contains(ErrorCode.FORBIDDEN);
        Doorkeeper closed = doorkeeper("{}");
        assertThat(closed.refusal(closed.strangers(), Operation.SUBSCRIBE, OPEN))
                .map(Verdict.Refused::code)
                .contains(ErrorCode.TOKEN_MISSING);
    }

    @Test
    void bearer_mayDoWhatTheTokenSays_andNotWhatStrangersMay() {
        // When
        Grant alice = grant(token(ONE, "alice"));

        // Then
        assertThat(doorkeeper.refusal(alice, Operation.PUBLISH, OPEN)).isEmpty();
        assertThat(doorkeeper.refusal(alice, Operation.PUBLISH, CLOSED))
                .map(Verdict.Refused::code)
                .contains(ErrorCode.FORBIDDEN);
        assertThat(doorkeeper.refusal(alice, Operation.SUBSCRIBE, OPEN)).isPresent();
    }

    @Test
    void revokedSubject_isRefusedAtTheDoor_andWithWhatItHasAlready() {
        // Given
        String token = token(ONE, "alice");
        Grant alice = grant(token);

        // When
        revoke(RevocationTarget.Kind.SUBJECT, "alice");

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(codeOf(admit(token))).isEqualTo(ErrorCode.TOKEN_REVOKED));
        assertThat(doorkeeper.refusal(alice, Operation.PUBLISH, OPEN))
                .map(Verdict.Refused::code)
                .contains(ErrorCode.TOKEN_REVOKED);
        assertThat(admit(token(ONE, "bert"))).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void revokedChannel_isRefused_andNoOther() {
        // Given
        Grant alice = grant(token(ONE, "alice"));

        // When
        revoke(RevocationTarget.Kind.CHANNEL, "open.a");

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(doorkeeper.refusal(alice, Operation.PUBLISH, OPEN))
                        .map(Verdict.Refused::code)
                        .contains(ErrorCode.TOKEN_REVOKED));
        assertThat(doorkeeper.refusal(alice, Operation.PUBLISH, new Channel("open.b")))
                .isEmpty();
        assertThat(doorkeeper.refusal(doorkeeper.strangers(), Operation.SUBSCRIBE, OPEN))
                .isEmpty();
    }

    @Test
    void newToken_hasToBeOfTheSameSubjectOfTheSameIssuer() {
        // Given
        Grant before = grant(token(ONE, "alice"));

        // When
        Verdict same = readmit(before, token(ONE, "alice"));
        Verdict ofAnotherSubject = readmit(before, token(ONE, "bert"));
        Verdict ofAnotherIssuer = readmit(before, token(TWO, "alice"));
        Verdict ofAStranger = readmit(doorkeeper.strangers(), token(TWO, "bert"));

        // Then
        assertThat(same).isInstanceOf(Verdict.Granted.class);
        assertThat(codeOf(ofAnotherSubject)).isEqualTo(ErrorCode.TOKEN_SUBJECT_CHANGED);
        assertThat(codeOf(ofAnotherIssuer)).isEqualTo(ErrorCode.TOKEN_SUBJECT_CHANGED);
        assertThat(ofAStranger).isInstanceOf(Verdict.Granted.class);
    }

    private Verdict readmit(Grant before, String token) {
        return doorkeeper.readmit(before, token, ADDRESS).toCompletableFuture().join();
    }

    @Test
    void guesser_isNotLookedAt_notEvenWithAGoodToken_andNobodyElseIs() {
        // Given
        String good = token(ONE, "alice");

        // When
        for (int i = 0; i < 3700; i++) {
            admit("rubbish");
        }

        // Then
        assertThat(codeOf(admit("rubbish"))).isEqualTo(ErrorCode.TOO_MANY_FAILURES);
        assertThat(codeOf(admit(good))).isEqualTo(ErrorCode.TOO_MANY_FAILURES);
        assertThat(codeOf(readmit(doorkeeper.strangers(), good))).isEqualTo(ErrorCode.TOO_MANY_FAILURES);
        assertThat(doorkeeper.admit(good, "192.0.2.2").toCompletableFuture().join())
                .isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void subjectsOfTwoIssuers_haveABudgetEach() {
        // Given
        Grant ofOne = grant(token(ONE, "alice"));
        Grant ofTwo = grant(token(TWO, "alice"));

        // When
        doorkeeper.publish(ofOne, ADDRESS, 4000);
        Optional<Excess> over = doorkeeper.publish(ofOne, ADDRESS, 1);

        // Then
        assertThat(over).map(Excess::code).contains(ErrorCode.RATE_EXCEEDED);
        assertThat(doorkeeper.publish(ofTwo, ADDRESS, 1)).isEmpty();
        assertThat(doorkeeper.publish(doorkeeper.strangers(), ADDRESS, 1)).isEmpty();
    }

    @Test
    void tokens_areCountedForApiKeysAlone() {
        // Given
        Grant shop = Grant.ofKey("shop", Capabilities.NONE);
        doorkeeper.issue(shop);

        // When
        Optional<Excess> over = doorkeeper.issue(shop);

        // Then
        assertThat(over).map(Excess::code).contains(ErrorCode.RATE_EXCEEDED);
        assertThat(doorkeeper.issue(Grant.ofKey("bank", Capabilities.NONE))).isEmpty();
        assertThat(doorkeeper.issue(doorkeeper.strangers())).isEmpty();
        assertThat(doorkeeper.issue(doorkeeper.strangers())).isEmpty();
    }
}
