package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

    private static final String MESSAGE = "{\"message\":{\"a\":\":é\"},\"id\":\"1\",\"timestamp\":1}";

    private static Publication parsed(String text) {
        return Objects.requireNonNull(Announcement.parse(text.getBytes(UTF_8)));
    }

    @Test
    void announcement_isCutIntoPositionAndMessage() {
        // When
        Publication publication = parsed("1:aZ09:42:Mark7:0:" + MESSAGE);

        // Then
        assertThat(publication.position()).isEqualTo(new StreamPosition("aZ09", 42));
        assertThat(publication.mark()).isEqualTo("Mark7");
        assertThat(publication.previousMark()).isEqualTo("0");
        assertThat(publication.message()).hasToString(MESSAGE);
    }

    @Test
    void largestOffset_isRead() {
        // When
        Publication publication = parsed("1:e:999999999999999999:m:p:{}");

        // Then
        assertThat(publication.position().offset()).isEqualTo(999_999_999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                "1:e",
                "1:e:",
                "1:e:1",
                "1:e:1:",
                "1:e:1:{}",
                "1:e:1:m:{}",
                "1:e:1:m:p",
                "1:e:1:m:p:",
                "1:e:1:m:p:{",
                "1:e:1:m:p:[]",
                "1:e:0:m:p:{}",
                "1:e:-1:m:p:{}",
                "1:e:x:m:p:{}",
                "1::1:m:p:{}",
                "1:e::m:p:{}",
                "1:e-f:1:m:p:{}",
                "1:e:1::p:{}",
                "1:e:1:m::{}",
                "1:e:1:m-:p:{}",
                "1:e:1:m:12345678901234567:{}",
                "1:12345678901234567:1:m:p:{}",
                "1:e:1234567890123456789:m:p:{}",
                "2:e:1:m:p:{}",
                "hello",
                "{\"message\":1}"
            })
    void anythingElse_isNoAnnouncement(String text) {
        assertThat(Announcement.parse(text.getBytes(UTF_8))).isNull();
    }

    @Test
    void randomBytes_neverThrow() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            // Given
            byte[] bytes = ("1:e:1:m:p:" + MESSAGE).getBytes(UTF_8);
            for (int change = 0; change <= random.nextInt(4); change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            // Then
            Publication publication = Announcement.parse(bytes);
            assertThat(publication == null || publication.position().offset() > 0)
                    .isTrue();
        }
    }
}
