package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static final int MAX = 5000;

    private final AtomicLong nanos = new AtomicLong();
    private final BodyReader reader = new BodyReader(MAX, Duration.ofSeconds(2), nanos::get);

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "1, 1", "1, -1", "2048, -1", "4999, -1", "5000, 5000", "5000, -1", "5000, 3"})
    void bodyUpToTheLimit_isReadWhole(int length, long declared) {
        // Given
        byte[] body = numbered(length);

        // When
        BodyReading reading = reader.read(new ByteArrayInputStream(body), declared, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        BodyReading.Whole.class,
                        whole -> assertThat(whole.bytes()).isEqualTo(body));
    }

    @ParameterizedTest
    @CsvSource({"5001, 5001", "5001, -1", "100000, -1", "100000, 100000"})
    void bodyOverTheLimit_isReadToItsEndAndRefused(int length, long declared) {
        // Given
        var in = new ByteArrayInputStream(numbered(length));

        // When
        BodyReading reading = reader.read(in, declared, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.TooLarge(MAX, true));
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4000, 4000, 4001", "4000, -1, 4096", "100, -1, 2048", "2048, -1, 4096"})
    void memoryForABody_isAskedForBeforeItIsTaken(int length, long declared, long mostAskedFor) {
        // Given
        List<Long> askedFor = new ArrayList<>();

        // When
        BodyReading reading = reader.read(new ByteArrayInputStream(numbered(length)), declared, askedFor::add);

        // Then
        assertThat(reading).isInstanceOf(BodyReading.Whole.class);
        assertThat(askedFor).isSorted().last().isEqualTo(mostAskedFor);
    }

    @ParameterizedTest
    @ValueSource(longs = {4000, -1})
    void bodyWithoutRoom_isReadToItsEndAndNotHeld(long declared) {
        // Given
        var in = new ByteArrayInputStream(numbered(4000));

        // When
        BodyReading reading = reader.read(in, declared, bytes -> bytes <= 2048);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.NoRoom(true));
        assertThat(in.available()).isZero();
    }

    @Test
    void hugeBodyWithoutRoom_isGivenUp() {
        // Given
        var in = new ByteArrayInputStream(new byte[2 * BodyReader.DISCARDED_BYTES_MAX]);

        // When
        BodyReading reading = reader.read(in, -1, _ -> false);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.NoRoom(false));
        assertThat(in.available()).isPositive();
    }

    @Test
    void endlessBody_isGivenUp() {
        // Given
        var zeros = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 0;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                given += length;
                return length;
            }
        };

        // When
        BodyReading reading = reader.read(zeros, -1, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.TooLarge(MAX, false));
        assertThat(zeros.given).isLessThan(2L * BodyReader.DISCARDED_BYTES_MAX);
    }

    @Test
    void hugeDeclaredBody_isRefusedUnread() {
        // Given
        InputStream unreadable = InputStream.nullInputStream();

        // When
        BodyReading reading = reader.read(unreadable, Long.MAX_VALUE, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.TooLarge(MAX, false));
    }

    @Test
    void bodyThatTricklesIn_isGivenUpAfterTheTimeout() {
        // Given
        var slow = new InputStream() {
            @Override
            public int read() {
                nanos.addAndGet(Duration.ofMillis(900).toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                into[from] = (byte) read();
                return 1;
            }
        };

        // When
        BodyReading reading = reader.read(slow, 100, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.Incomplete("the body took longer than 2 s"));
    }

    @Test
    void bodyThatBreaksOff_isIncomplete() {
        // Given
        var broken = new InputStream() {
            private boolean isGiven;

            @Override
            public int read() throws IOException {
                if (isGiven) {
                    throw new IOException("connection reset");
                }
                isGiven = true;
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                into[from] = (byte) read();
                return 1;
            }
        };

        // When
        BodyReading reading = reader.read(broken, 100, BodyReaderTest::thereIsRoom);

        // Then
        assertThat(reading).isEqualTo(new BodyReading.Incomplete("the body ended before its last byte"));
    }

    @Test
    void tooShortTimeout_isRefused() {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyReader(MAX, Duration.ofMillis(999), nanos::get))
                .withMessageContaining("fanfare.publisher.http.body-timeout");
    }

    private static boolean thereIsRoom(long bytes) {
        return bytes > 0;
    }

    private static byte[] numbered(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
