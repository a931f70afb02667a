package dev.fanfare.redis.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

    private static final int MAX_BULK_BYTES = 16;

    private final List<RespValue> values = new ArrayList<>();
    private final RespReader reader = new RespReader(MAX_BULK_BYTES, values::add);

    private void read(String wire) throws RespException {
        reader.read(wire.getBytes(ISO_8859_1));
    }

    @Test
    void everyKindOfValue_isRead() throws RespException {
        // When
        read(
                "+OK\r\n-ERR no\r\n:-42\r\n$3\r\nabc\r\n$0\r\n\r\n$-1\r\n_\r\n#t\r\n,1.5\r\n=7\r\ntxt:abc\r\n!5\r\nERR x\r\n");

        // Then
        assertThat(values.stream().map(RespValue::text))
                .containsExactly("OK", "ERR no", "-42", "abc", "", "nothing", "nothing", "1", "1.5", "abc", "ERR x");
        assertThat(values.getLast()).isInstanceOf(RespValue.Failure.class);
    }

    @Test
    void nestedArraysAndMaps_areRead() throws RespException {
        // When
        read("*2\r\n*1\r\n:1\r\n%1\r\n+role\r\n+master\r\n*0\r\n");

        // Then
        assertThat(values).hasSize(2);
        assertThat(((RespValue.Many) values.getFirst())
                        .items()
                        .get(1)
                        .member("role")
                        .text())
                .isEqualTo("master");
        assertThat(values.getLast()).isEqualTo(new RespValue.Many(List.of()));
    }

    @Test
    void attribute_isSkipped() throws RespException {
        // When
        read("*2\r\n|1\r\n+ttl\r\n:3\r\n:1\r\n:2\r\n");

        // Then
        assertThat(values).containsExactly(new RespValue.Many(List.of(new RespValue.Whole(1), new RespValue.Whole(2))));
    }

    @Test
    void bulkAboveTheLimit_isDroppedAndTheRestGoesOn() throws RespException {
        // When
        read(">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$17\r\n" + "x".repeat(17) + "\r\n+OK\r\n");

        // Then
        assertThat(((RespValue.Push) values.getFirst()).items().getLast()).isEqualTo(new RespValue.TooLarge(17));
        assertThat(values.getLast()).isEqualTo(new RespValue.Text("OK"));
    }

    @Test
    void anyCutIntoChunks_givesTheSameValues() throws RespException {
        // Given
        byte[] wire = (">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$5\r\n\r\n\u00ff\r\n\r\n*2\r\n%1\r\n+a\r\n_\r\n:7\r\n$20\r\n"
                        + "y".repeat(20) + "\r\n-MOVED 1 h:1\r\n")
                .getBytes(ISO_8859_1);
        reader.read(wire);
        List<String> expected = values.stream().map(RespReaderTest::describe).toList();

        for (int seed = 0; seed < 500; seed++) {
            // When
            var random = new Random(seed);
            List<RespValue> found = new ArrayList<>();
            var cut = new RespReader(MAX_BULK_BYTES, found::add);
            for (int from = 0; from < wire.length; ) {
                int to = Math.min(wire.length, from + 1 + random.nextInt(6));
                cut.read(Arrays.copyOfRange(wire, from, to));
                from = to;
            }

            // Then
            assertThat(found.stream().map(RespReaderTest::describe))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static String describe(RespValue value) {
        return switch (value) {
            case RespValue.Many(List<RespValue> items) ->
                items.stream().map(RespReaderTest::describe).toList().toString();
            case RespValue.Push(List<RespValue> items) ->
                "push" + items.stream().map(RespReaderTest::describe).toList();
            case RespValue.Bulk bulk -> "bulk" + Arrays.toString(bulk.bytes());
            case RespValue other -> other.toString();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n",
                ":\r\n",
                ":1x\r\n",
                "$12345678901234567890\r\n",
                "$x\r\n",
                "+OK\n",
                "\r\n",
                "*2000000\r\n",
                "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
                "HTTP/1.1 400 Bad Request\r\n"
            })
    void whatIsNotResp_isRefused(String wire) {
        assertThatThrownBy(() -> read(wire)).isInstanceOf(RespException.class);
    }

    @Test
    void lineWithoutEnd_isRefusedBeforeItFillsTheHeap() {
        // Given
        String endless = "+" + "a".repeat(70_000);

        // Then
        assertThatThrownBy(() -> read(endless)).isInstanceOf(RespException.class);
    }

    @Test
    void command_isWrittenWithByteLengths() {
        // When
        String wire = RespCommand.encode(List.of("PUBLISH", "c", "é")).toString(UTF_8);

        // Then
        assertThat(wire).isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$2\r\né\r\n");
    }
}
