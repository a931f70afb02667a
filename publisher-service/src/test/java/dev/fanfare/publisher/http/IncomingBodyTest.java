package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingBodyTest {

    private static final int MAX = 5000;
    private static final int CHUNK = 1500;

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "1, 1", "1, -1", "2048, -1", "4999, -1", "5000, 5000", "5000, -1", "5000, 3"})
    void bodyUpToTheLimit_isReadWhole(int length, long declared) {
        // Given
        byte[] sent = numbered(length);

        // When
        IncomingBody body = arrived(sent, new IncomingBody(MAX, declared, IncomingBodyTest::thereIsRoom));

        // Then
        assertThat(body.reading().join())
                .asInstanceOf(type(BodyReading.Whole.class))
                .extracting(BodyReading.Whole::bytes)
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"5001, 5001", "5001, -1", "100000, -1", "100000, 100000"})
    void bodyOverTheLimit_isReadToItsEndAndRefused(int length, long declared) {
        // When
        IncomingBody body = arrived(numbered(length), new IncomingBody(MAX, declared, IncomingBodyTest::thereIsRoom));

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.TooLarge(MAX, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyThatIsDiscarded_isReadToItsEndUpToALimit(boolean isDeclared) {
        // Given
        int longest = MAX + IncomingBody.DISCARDED_BYTES_MAX;

        // When
        IncomingBody awaited = arrived(
                new byte[longest], new IncomingBody(MAX, isDeclared ? longest : -1, IncomingBodyTest::thereIsRoom));
        IncomingBody givenUp = arrived(
                new byte[longest + 1],
                new IncomingBody(MAX, isDeclared ? longest + 1 : -1, IncomingBodyTest::thereIsRoom));

        // Then
        assertThat(awaited.reading()).isCompletedWithValue(new BodyReading.TooLarge(MAX, true));
        assertThat(givenUp.reading()).isCompletedWithValue(new BodyReading.TooLarge(MAX, false));
    }

    @ParameterizedTest
    @CsvSource({"5000, 100000", "5000, 5001", "100, -1"})
    void memoryForABody_isNeverMoreThanTheLimit(int max, long declared) {
        // Given
        List<Long> askedFor = new ArrayList<>();

        // When
        arrived(numbered(100_000), new IncomingBody(max, declared, askedFor::add));

        // Then
        assertThat(askedFor).containsExactly((long) max);
    }

    @ParameterizedTest
    @CsvSource({
        "4000, 4000, 4000",
        "4000, -1, 4096",
        "100, -1, 2048",
        "2048, -1, 2048",
        "2049, -1, 4096",
        "5000, -1, 5000"
    })
    void memoryForABody_isAskedForBeforeItIsTaken(int length, long declared, long mostAskedFor) {
        // Given
        List<Long> askedFor = new ArrayList<>();

        // When
        IncomingBody body = arrived(numbered(length), new IncomingBody(MAX, declared, askedFor::add));

        // Then
        assertThat(body.reading().join()).isInstanceOf(BodyReading.Whole.class);
        assertThat(askedFor).isSorted().last().isEqualTo(mostAskedFor);
    }

    @ParameterizedTest
    @ValueSource(longs = {4000, -1})
    void bodyWithoutRoom_isReadToItsEndAndNotHeld(long declared) {
        // Given
        List<Long> held = new ArrayList<>();
        var body = new IncomingBody(MAX, declared, bytes -> bytes <= 2048 && held.add(bytes));

        // When
        arrived(numbered(4000), body);

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.NoRoom(true));
        assertThat(held).hasSize(declared < 0 ? 1 : 0);
    }

    @Test
    void hugeBodyWithoutRoom_isGivenUp() {
        // Given
        var body = new IncomingBody(MAX, -1, _ -> false);

        // When
        long given = endless(body);

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.NoRoom(false));
        assertThat(given).isBetween((long) IncomingBody.DISCARDED_BYTES_MAX, 2L * IncomingBody.DISCARDED_BYTES_MAX);
    }

    @Test
    void endlessBody_isGivenUp() {
        // Given
        var body = new IncomingBody(MAX, -1, IncomingBodyTest::thereIsRoom);

        // When
        long given = endless(body);

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.TooLarge(MAX, false));
        assertThat(given).isBetween((long) IncomingBody.DISCARDED_BYTES_MAX, 2L * IncomingBody.DISCARDED_BYTES_MAX);
    }

    @Test
    void hugeDeclaredBody_isRefusedUnread() {
        // Given
        List<Long> askedFor = new ArrayList<>();

        // When
        var body = new IncomingBody(MAX, Long.MAX_VALUE, askedFor::add);

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.TooLarge(MAX, false));
        assertThat(askedFor).isEmpty();
    }

    @Test
    void bodyThatTakesTooLong_isIncomplete() {
        // Given
        var body = new IncomingBody(MAX, 100, IncomingBodyTest::thereIsRoom);
        body.add(Buffer.buffer(numbered(99)));

        // When
        body.expire(2);

        // Then
        assertThat(body.reading()).isCompletedWithValue(new BodyReading.Incomplete("the body took longer than 2 s"));
    }

    @Test
    void restOfABodyThatWasGivenUp_asksForNoMemory() {
        // Given
        List<Long> askedFor = new ArrayList<>();
        var body = new IncomingBody(MAX, -1, askedFor::add);
        body.expire(2);

        // When
        body.add(Buffer.buffer(numbered(4000)));

        // Then
        assertThat(askedFor).hasSize(1);
    }

    @Test
    void bodyThatBreaksOff_isIncomplete() {
        // Given
        var body = new IncomingBody(MAX, 100, IncomingBodyTest::thereIsRoom);
        body.add(Buffer.buffer(numbered(99)));

        // When
        body.breakOff();

        // Then
        assertThat(body.reading())
                .isCompletedWithValue(new BodyReading.Incomplete("the body ended before its last byte"));
    }

    private static IncomingBody arrived(byte[] sent, IncomingBody body) {
        for (int from = 0; from < sent.length; from += CHUNK) {
            body.add(Buffer.buffer(sent).getBuffer(from, Math.min(from + CHUNK, sent.length)));
        }
        body.end();
        return body;
    }

    /// Sends until it is given up, and returns how much that was.
    private static long endless(IncomingBody body) {
        long given = 0;
        while (!body.reading().isDone()) {
            body.add(Buffer.buffer(new byte[CHUNK]));
            given += CHUNK;
        }
        return given;
    }

    private static boolean thereIsRoom(long bytes) {
        return bytes >= 0;
    }

    private static byte[] numbered(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
