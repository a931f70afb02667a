package dev.fanfare.contract.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.channel.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTargetTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\u0000", "\ud800"})
    void valueThatIsNoName_isRefused(String value) {
        // When, Then
        assertThatThrownBy(() -> new RevocationTarget(Kind.SUBJECT, value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longestValue_isTakenAndALongerOneIsNot() {
        // When, Then
        assertThat(new RevocationTarget(Kind.SUBJECT, "a".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> new RevocationTarget(Kind.SUBJECT, "a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"CHANNEL, iss.*, true", "CHANNEL, chat, false", "SUBJECT, iss.*, false"})
    void target_holdsTheChannelsOfItsPattern(Kind kind, String value, boolean expected) {
        // When
        boolean holds = new RevocationTarget(kind, value).holds(new Channel("iss.telemetry"));

        // Then
        assertThat(holds).isEqualTo(expected);
    }

    @Test
    void channelThatIsNoPattern_isRefused() {
        // When, Then
        assertThatThrownBy(() -> new RevocationTarget(Kind.CHANNEL, "a b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void kind_isFoundByItsWord(Kind kind) {
        // When, Then
        assertThat(Kind.of(kind.word())).isEqualTo(kind);
        assertThatThrownBy(() -> Kind.of(kind.name())).isInstanceOf(IllegalArgumentException.class);
    }
}
