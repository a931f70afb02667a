package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys;
import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.PublicKeyBoard] does.
public abstract class PublicKeyBoardContract extends BrokerContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String JWK = "{\"kty\":\"EC\"}";
    private static final String OTHER_JWK = "{\"kty\":\"RSA\"}";

    @BeforeEach
    public void clear() {
        published().keys().forEach(key -> await(board().withdraw(key.id())));
    }

    @Test
    public void keysOfSeveral_areUpTogether_inTheOrderOfTheirIds() {
        // When
        announce("b ü", JWK);
        announce("a", OTHER_JWK);

        // Then
        PublicKeys published = published();
        assertThat(published.keys()).extracting(PublicKey::id).containsExactly("a", "b ü");
        assertThat(published.keys()).extracting(PublicKey::jwk).containsExactly(OTHER_JWK, JWK);
        assertThat(published.keys()).allMatch(key -> !key.since().isAfter(published.now()));
    }

    @Test
    public void renewedKey_stays_andIsAsOldAsBefore() {
        // Given
        await(board().announce("k", JWK, Duration.ofMillis(400)));
        PublicKey first = only();

        // When
        broker().passTime(Duration.ofMillis(200));
        announce("k", JWK);
        broker().passTime(Duration.ofMillis(300));

        // Then
        assertThat(only()).isEqualTo(first);
    }

    @Test
    public void otherKeyUnderTheSameId_isNew() {
        // Given
        announce("k", JWK);
        PublicKey first = only();

        // When
        broker().passTime(Duration.ofMillis(10));
        announce("k", OTHER_JWK);

        // Then
        assertThat(only().jwk()).isEqualTo(OTHER_JWK);
        assertThat(only().since()).isAfter(first.since());
    }

    @Test
    public void keyThatNobodyRenews_comesDown() {
        // Given
        await(board().announce("k", JWK, Duration.ofMillis(100)));
        announce("kept", JWK);

        // When
        broker().passTime(Duration.ofMillis(200));

        // Then
        assertThat(only().id()).isEqualTo("kept");
    }

    @Test
    public void withdrawnKey_isGone_untilSomebodyPutsItUpAgain() {
        // Given
        announce("k", JWK);

        // When
        await(board().withdraw("k"));
        await(board().withdraw("unknown"));

        // Then
        assertThat(published().keys()).isEmpty();
        announce("k", JWK);
        assertThat(only().id()).isEqualTo("k");
    }

    @Test
    public void keysOverTheLimit_areRefused_andThoseThatAreUpCanBeRenewed() {
        // Given
        for (int i = 0; i < PublicKeyBoard.MAX_KEYS; i++) {
            announce("k" + i, JWK);
        }

        // When, Then
        assertThatThrownBy(() -> announce("over", JWK))
                .isInstanceOfSatisfying(
                        FanfareException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
        announce("k0", JWK);
        assertThat(published().keys()).hasSize(PublicKeyBoard.MAX_KEYS);
    }

    @Test
    public void valuesOutOfRange_areRefused() {
        // When, Then
        assertThatThrownBy(() -> board().announce("", JWK, LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> board().announce("k", "", LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> board().announce("k", JWK, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void unavailableBroker_isToldInTime() {
        broker().breakDown();
        assertUnavailable(board().announce("k", JWK, LONG));
        assertUnavailable(board().publicKeys());
        broker().repair();
        announce("k", JWK);
    }

    private PublicKeyBoard board() {
        return broker().publicKeys();
    }

    private void announce(String id, String jwk) {
        await(board().announce(id, jwk, LONG));
    }

    private PublicKeys published() {
        return await(board().publicKeys());
    }

    private PublicKey only() {
        assertThat(published().keys()).hasSize(1);
        return published().keys().getFirst();
    }
}
