package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [dev.fanfare.contract.broker.RevocationLog] does.
public abstract class RevocationLogContract extends BrokerContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final String subject = "subject " + UUID.randomUUID() + " ü";

    @ParameterizedTest
    @EnumSource
    public void revocation_isReadAsItWasMade(Kind kind) {
        // Given
        var target = new RevocationTarget(kind, kind == Kind.CHANNEL ? "iss.*" : subject);
        long before = newest();

        // When
        Revocation made = await(log().revoke(target, Duration.ofSeconds(5), LONG));

        // Then
        assertThat(made.target()).isEqualTo(target);
        assertThat(made.effectiveAt()).isEqualTo(made.madeAt().plusSeconds(5));
        assertThat(made.until()).isEqualTo(made.effectiveAt().plus(LONG));
        assertThat(await(log().since(before, 10))).containsExactly(made);
    }

    @Test
    public void pages_followEachOtherWithoutGap() {
        // Given
        long before = newest();
        List<Revocation> made =
                IntStream.range(0, 7).mapToObj(i -> revoke(subject + i)).toList();

        // When
        List<Revocation> read = readAll(before, 3);

        // Then
        assertThat(read).isEqualTo(made);
        assertThat(read).extracting(Revocation::serial).isSorted().doesNotHaveDuplicates();
    }

    @Test
    public void revocationsAtTheSameTime_haveSerialsOfTheirOwn() {
        // Given
        long before = newest();

        // When
        List<CompletableFuture<Revocation>> made = IntStream.range(0, 200)
                .mapToObj(i -> log().revoke(target(subject + i), Duration.ZERO, LONG))
                .toList();

        // Then
        assertThat(made.stream().map(BrokerContract::await).map(Revocation::serial))
                .doesNotHaveDuplicates();
        assertThat(readAll(before, RevocationLog.MAX_LIMIT)).hasSize(200);
    }

    @Test
    public void revocationThatIsOver_isForgotten() {
        // Given
        long before = newest();
        await(log().revoke(target(subject), Duration.ZERO, Duration.ofMillis(100)));
        Revocation kept = revoke(subject + "kept");

        // When
        broker().passTime(Duration.ofMillis(200));
        Revocation next = revoke(subject + "next");

        // Then
        assertThat(await(log().since(before, 10))).containsExactly(kept, next);
    }

    @Test
    public void serialsGoOn_whenTheBrokerHasForgottenAll() {
        // Given
        Revocation last = revoke(subject);

        // When
        broker().forgetAll();

        // Then
        assertThat(await(log().since(0, 10))).isEmpty();
        assertThat(revoke(subject).serial()).isGreaterThan(last.serial());
    }

    @Test
    public void valuesOutOfRange_areRefused() {
        // When, Then
        assertThatThrownBy(() -> log().revoke(target(subject), Duration.ofMillis(-1), LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log().revoke(target(subject), Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log().since(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log().since(0, RevocationLog.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void unavailableBroker_isToldInTime() {
        broker().breakDown();
        assertUnavailable(log().revoke(target(subject), Duration.ZERO, LONG));
        assertUnavailable(log().since(0, 1));
        broker().repair();
        revoke(subject);
    }

    private RevocationLog log() {
        return broker().revocations();
    }

    private static RevocationTarget target(String subject) {
        return new RevocationTarget(Kind.SUBJECT, subject);
    }

    private Revocation revoke(String whom) {
        return await(log().revoke(target(whom), Duration.ZERO, LONG));
    }

    private long newest() {
        List<Revocation> all = readAll(0, RevocationLog.MAX_LIMIT);
        return all.isEmpty() ? 0 : all.getLast().serial();
    }

    private List<Revocation> readAll(long after, int limit) {
        List<Revocation> all = new ArrayList<>();
        long last = after;
        while (true) {
            List<Revocation> page = await(log().since(last, limit));
            all.addAll(page);
            if (page.size() < limit) {
                return all;
            }
            last = page.getLast().serial();
        }
    }
}
