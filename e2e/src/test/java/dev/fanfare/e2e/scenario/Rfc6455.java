package dev.fanfare.e2e.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What RFC 6455 wants of a server, by frames that no well-behaved client sends.
abstract class Rfc6455 {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2 = 0x20;
    private static final int RSV3 = 0x10;

    private static final String REQUEST = "{\"action\":\"ping\"}";
    private static final String ANSWER = "{\"event\":\"pong\"}";
    private static final byte[] NOTHING = {};

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF_8 = 1007;
    private static final int TOO_BIG = 1009;

    private RawWebSocket client;

    /// Of the server.
    abstract URI uri();

    @BeforeEach
    void connect() {
        client = new RawWebSocket(uri(), 0, PATIENCE);
        assertThat(client.answer()).startsWith("HTTP/1.1 101");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void assertAnswered() {
        assertThat(client.read(RawWebSocket.TEXT).text()).isEqualTo(ANSWER);
    }

    /// A server may say why before it ends a connection that breaks the protocol, or end it at once.
    private void assertFailedWith(int code) {
        int told = client.closeCodeOrCut();
        assertThat(told).as("close code").isIn(code, RawWebSocket.CUT);
    }

    // Length, 5.2

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535 - 30})
    void textOfAnyLength_isAnswered(int padding) {
        // When
        client.sendText("{\"action\":\"ping\",\"pad\":\"" + "x".repeat(padding) + "\"}");

        // Then
        assertAnswered();
    }

    @Test
    void lengthIn64Bits_isUnderstoodAndOverTheLimitRefused() {
        // When
        client.send(FIN | RawWebSocket.TEXT, "x".repeat(70_000).getBytes(UTF_8));

        // Then
        assertFailedWith(TOO_BIG);
    }

    @Test
    void negativeLength_fails() {
        // When
        client.write(new byte[] {(byte) (FIN | RawWebSocket.TEXT), (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1});

        // Then
        assertThat(client.closeCodeOrCut()).isIn(PROTOCOL_ERROR, TOO_BIG, RawWebSocket.CUT);
    }

    @Test
    void emptyText_isATextLikeOthers() {
        // When
        client.sendText("");

        // Then
        assertThat(client.read(RawWebSocket.TEXT).text()).contains("40001");
    }

    // Fragmentation, 5.4

    @Test
    void fragments_areOneMessage() {
        // When
        client.send(RawWebSocket.TEXT, "{\"action\":".getBytes(UTF_8));
        client.send(RawWebSocket.CONTINUATION, NOTHING);
        client.send(RawWebSocket.CONTINUATION, "\"pi".getBytes(UTF_8));
        client.send(FIN | RawWebSocket.CONTINUATION, "ng\"}".getBytes(UTF_8));

        // Then
        assertAnswered();
    }

    @Test
    void fragmentsThatCutACharacter_areOneMessage() {
        // Given
        byte[] text = "{\"action\":\"ping\",\"pad\":\"☂\"}".getBytes(UTF_8);
        int inside = text.length - 4;

        // When
        client.send(RawWebSocket.TEXT, Arrays.copyOf(text, inside));
        client.send(FIN | RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, inside, text.length));

        // Then
        assertAnswered();
    }

    @Test
    void pingBetweenFragments_isAnsweredAtOnce() {
        // When
        client.send(RawWebSocket.TEXT, "{\"action\":".getBytes(UTF_8));
        client.send(FIN | RawWebSocket.PING, "now".getBytes(UTF_8));
        assertThat(client.read(RawWebSocket.PONG).text()).isEqualTo("now");
        client.send(FIN | RawWebSocket.CONTINUATION, "\"ping\"}".getBytes(UTF_8));

        // Then
        assertAnswered();
    }

    @Test
    void continuationOfNothing_fails() {
        // When
        client.send(FIN | RawWebSocket.CONTINUATION, REQUEST.getBytes(UTF_8));

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void textInsideAFragmentedText_fails() {
        // When
        client.send(RawWebSocket.TEXT, "{\"action\":".getBytes(UTF_8));
        client.sendText(REQUEST);

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void manySmallFragmentsOverTheLimit_areRefused() {
        // When
        client.send(RawWebSocket.TEXT, "\"".getBytes(UTF_8));
        byte[] kibibyte = "x".repeat(1024).getBytes(UTF_8);
        var fragments = new ByteArrayOutputStream();
        for (int i = 0; i < 70; i++) {
            fragments.writeBytes(RawWebSocket.frame(RawWebSocket.CONTINUATION, kibibyte, true));
        }
        client.write(fragments.toByteArray());

        // Then
        assertFailedWith(TOO_BIG);
    }

    // Control frames, 5.5

    @Test
    void ping_isAnsweredWithItsPayload() {
        // Given
        String payload = "p".repeat(125);

        // When
        client.send(FIN | RawWebSocket.PING, payload.getBytes(UTF_8));

        // Then
        assertThat(client.read(RawWebSocket.PONG).text()).isEqualTo(payload);
    }

    @Test
    void unasked_pongIsIgnored() {
        // When
        client.send(FIN | RawWebSocket.PONG, "hello".getBytes(UTF_8));
        client.sendText(REQUEST);

        // Then
        assertAnswered();
    }

    @Test
    void floodOfPings_isAnsweredInOrder() {
        // Given
        int pings = 50;
        var flood = new ByteArrayOutputStream();
        for (int i = 0; i < pings; i++) {
            flood.writeBytes(RawWebSocket.frame(
                    FIN | RawWebSocket.PING, Integer.toString(i).getBytes(UTF_8), true));
        }

        // When
        client.write(flood.toByteArray());

        // Then
        for (int i = 0; i < pings; i++) {
            assertThat(client.read(RawWebSocket.PONG).text()).isEqualTo(Integer.toString(i));
        }
        client.sendText(REQUEST);
        assertAnswered();
    }

    @Test
    void longPing_fails() {
        // When
        client.send(FIN | RawWebSocket.PING, "p".repeat(126).getBytes(UTF_8));

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void fragmentedPing_fails() {
        // When
        client.send(RawWebSocket.PING, "p".getBytes(UTF_8));

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    // Opcodes, reserved bits and masks, 5.1 and 5.2

    @ParameterizedTest
    @ValueSource(ints = {0x3, 0x7, 0xB, 0xF})
    void reservedOpcode_fails(int opcode) {
        // When
        client.send(FIN | opcode, NOTHING);

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {RSV1, RSV2, RSV3, RSV1 | RSV2 | RSV3})
    void reservedBits_fail(int bits) {
        // When
        client.send(FIN | bits | RawWebSocket.TEXT, REQUEST.getBytes(UTF_8));

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void unmaskedFrame_fails() {
        // When
        client.write(RawWebSocket.frame(FIN | RawWebSocket.TEXT, REQUEST.getBytes(UTF_8), false));

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void framesOfTheServer_areNotMasked() {
        // When
        client.sendText(REQUEST);

        // Then: masked, the text would be another, and the length would not be that of the text
        assertAnswered();
    }

    // UTF-8, 8.1

    @ParameterizedTest
    @CsvSource({"C0AF", "EDA080", "F4908080", "80", "E282"})
    void textThatIsNotUtf8_fails(String hex) {
        // When
        client.send(FIN | RawWebSocket.TEXT, HexFormat.of().parseHex(hex));

        // Then
        assertFailedWith(NOT_UTF_8);
    }

    // Closing, 5.5.1 and 7.4

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 3000, 3999, 4000, 4999})
    void close_isAnsweredWithItsCodeAndTheConnectionEnds(int code) {
        // When
        client.send(FIN | RawWebSocket.CLOSE, new byte[] {(byte) (code >> Byte.SIZE), (byte) code});

        // Then
        assertThat(client.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(code);
        assertThat(client.isCut()).isTrue();
    }

    @Test
    void closeWithoutCode_isAnswered() {
        // When
        client.send(FIN | RawWebSocket.CLOSE, NOTHING);

        // Then
        assertThat(client.read(RawWebSocket.CLOSE).closeCode()).isIn(1000, 1005);
        assertThat(client.isCut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
    void closeCodeThatMayNotBeSent_fails(int code) {
        // When
        client.send(FIN | RawWebSocket.CLOSE, new byte[] {(byte) (code >> Byte.SIZE), (byte) code});

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void closeOfOneByte_fails() {
        // When
        client.send(FIN | RawWebSocket.CLOSE, new byte[] {3});

        // Then
        assertFailedWith(PROTOCOL_ERROR);
    }

    @Test
    void closeReasonThatIsNotUtf8_fails() {
        // When
        client.send(FIN | RawWebSocket.CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xC0, (byte) 0xAF});

        // Then
        assertFailedWith(NOT_UTF_8);
    }

    @Test
    void textAfterClose_isNotAnswered() {
        // When
        client.send(FIN | RawWebSocket.CLOSE, new byte[] {3, (byte) 0xE8});
        try {
            client.sendText(REQUEST);
        } catch (UncheckedIOException e) {
            // Ended already.
        }

        // Then
        assertThat(client.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
        assertThat(client.isCut()).isTrue();
    }
}
