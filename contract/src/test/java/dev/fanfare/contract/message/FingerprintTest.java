package dev.fanfare.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final RawJson DATA = RawJson.ofString("é");
    private static final RawJson EXTRAS = RawJson.ofString("extras");

    @Test
    void repetition_hasTheSame() {
        // Given
        Message first = message(DATA, "base64", "n", "c", EXTRAS);

        // When
        Message again = new Message(
                CHANNEL,
                "i",
                DATA,
                "base64",
                "n",
                "c",
                EXTRAS,
                Instant.ofEpochMilli(2),
                TraceParent.of(hex(32), hex(16)));

        // Then
        assertThat(Fingerprint.of(again)).isEqualTo(Fingerprint.of(first)).matches("[0-9a-f]{8}");
    }

    static Stream<Message> others() {
        return Stream.of(
                message(RawJson.ofString("e"), "base64", "n", "c", EXTRAS),
                message(DATA, null, "n", "c", EXTRAS),
                message(DATA, "base64", null, "c", EXTRAS),
                message(DATA, "base64", "m", "c", EXTRAS),
                message(DATA, "base64", "n", null, EXTRAS),
                message(DATA, "base64", "n", "d", EXTRAS),
                message(DATA, "base64", "n", "c", null),
                message(DATA, "base64", "n", "c", RawJson.ofString("others")));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherContent_hasAnother(Message other) {
        assertThat(Fingerprint.of(other)).isNotEqualTo(Fingerprint.of(message(DATA, "base64", "n", "c", EXTRAS)));
    }

    @Test
    void sameTextInAnotherField_hasAnother() {
        // When
        Set<String> fingerprints = new HashSet<>();
        fingerprints.add(Fingerprint.of(message(DATA, "x", null, null, null)));
        fingerprints.add(Fingerprint.of(message(DATA, null, "x", null, null)));
        fingerprints.add(Fingerprint.of(message(DATA, null, null, "x", null)));
        fingerprints.add(Fingerprint.of(message(DATA, "x", "x", null, null)));
        fingerprints.add(Fingerprint.of(message(DATA, "xx", null, null, null)));

        // Then
        assertThat(fingerprints).hasSize(5);
    }

    private static String hex(int digits) {
        return "a".repeat(digits);
    }

    private static Message message(
            RawJson data,
            @Nullable String encoding,
            @Nullable String name,
            @Nullable String clientId,
            @Nullable RawJson extras) {
        return new Message(CHANNEL, "i", data, encoding, name, clientId, extras, Instant.ofEpochMilli(1));
    }
}
