package dev.fanfare.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who does not read is closed with a code that means "resume", and costs the others nothing.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class SlowConsumerIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    /// 40 MB in all: more than the limit of 1 MiB and whatever the kernel takes on both sides.
    private static final int MESSAGES = 400;

    private static final String TEXT = "x".repeat(100_000);
    private static final int OPCODE_CLOSE = 8;

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MeterRegistry registry;

    @Test
    void clientThatDoesNotRead_isClosedWith4000AndTheOthersGetEverything() throws IOException {
        try (Socket stalled = upgraded();
                WebSocketProbe reading =
                        WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")))) {
            // Given
            reading.send("{\"action\":\"subscribe\",\"channel\":\"slow\",\"id\":1}");
            reading.awaitFrames(1, SOON);
            send(stalled, "{\"action\":\"subscribe\",\"channel\":\"slow\"}");
            await().atMost(SOON).until(() -> subscriptions() == 2);

            // When
            for (int i = 1; i <= MESSAGES; i++) {
                GatewayRedis.redis().execute("PUBLISH", "slow", TEXT);
                reading.awaitFrames(1 + i, SOON);
            }

            // Then
            await().atMost(SOON).until(() -> closedAsSlow() == 1);
            assertThat(closeCode(stalled)).isEqualTo(4000);
            assertThat(reading.frames()).hasSize(1 + MESSAGES);
        }
    }

    private double subscriptions() {
        return registry.get("fanfare.gateway.subscriptions").gauge().value();
    }

    private double closedAsSlow() {
        return registry.get("fanfare.gateway.connections.closed.by.us")
                .tag("code", "slow-consumer")
                .counter()
                .count();
    }

    /// A WebSocket that reads only when told, with a small window.
    private Socket upgraded() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(new InetSocketAddress(http.getHost(), http.getPort()));
        String request = String.join(
                "\r\n",
                "GET /ws HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "",
                "");
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        var answer = new ByteArrayOutputStream();
        while (!answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            answer.write(socket.getInputStream().read());
        }
        assertThat(answer.toString(ISO_8859_1)).startsWith("HTTP/1.1 101");
        return socket;
    }

    /// A masked text frame; the mask is zero, which leaves the text as it is.
    private static void send(Socket socket, String text) throws IOException {
        byte[] payload = text.getBytes(UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | payload.length);
        frame.write(new byte[4]);
        frame.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /// Reads whatever is left, up to the close frame.
    private static int closeCode(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            if (opcode == OPCODE_CLOSE) {
                return in.readUnsignedShort();
            }
            in.skipNBytes(length);
        }
    }
}
