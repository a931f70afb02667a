package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every service does with HTTP connections from which nothing comes, or too many: it runs with [#SETTINGS].
public abstract class HttpConnectionsContract {

    /// Limits that a test can reach.
    public static final Map<String, String> SETTINGS =
            Map.of("quarkus.http.idle-timeout", "3s", "quarkus.http.limits.max-connections", "5");

    private static final int MOST = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HEAD = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final List<Socket> opened = new ArrayList<>();

    /// Any address of the service.
    protected abstract URI address();

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : opened) {
            socket.close();
        }
    }

    @Test
    public void connectionThatSaysNothing_isClosed() throws IOException {
        assertThat(firstByteOf(connect(""))).isEqualTo(-1);
    }

    @Test
    public void headThatIsNeverFinished_isClosed() throws IOException {
        assertThat(firstByteOf(connect(HEAD))).isEqualTo(-1);
    }

    @Test
    public void connectionThatIsKeptForNothing_isClosed() throws IOException {
        // Given
        Socket kept = connect("");
        assertServed(kept);

        // When, Then
        assertThat(firstByteOf(kept)).isEqualTo(-1);
    }

    @Test
    public void connectionOverTheLimit_isClosedAtOnceAndTheOthersAreServed() throws IOException {
        // Given
        List<Socket> others = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            others.add(connect(""));
            assertServed(others.getLast());
        }

        // When: it counts with its first request, because it may go on as HTTP/2 until then
        int first = firstByteOf(connect(HEAD + "\r\n"));

        // Then
        assertThat(first).isEqualTo(-1);
        for (Socket other : others) {
            assertServed(other);
        }
    }

    private static void assertServed(Socket socket) throws IOException {
        send(socket, HEAD + "\r\n");
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(head.toString()).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).startsWith("HTTP/1.1 200").containsPattern(LENGTH);
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).isTrue();
        socket.getInputStream().skipNBytes(Long.parseLong(length.group(1)));
    }

    private Socket connect(String request) throws IOException {
        var socket = new Socket(address().getHost(), address().getPort());
        opened.add(socket);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        send(socket, request);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /// -1 when the server has closed.
    private static int firstByteOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException closedBeforeItWasRead) {
            return -1;
        }
    }
}
