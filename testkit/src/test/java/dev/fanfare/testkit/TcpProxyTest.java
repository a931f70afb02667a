package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int SILENCE_MILLIS = 200;

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = new TcpProxy("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException gone) {
            // The test has closed it.
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static String ask(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return new String(socket.getInputStream().readNBytes(text.length()), UTF_8);
    }

    @Test
    void newProxy_forwardsBothWays() throws IOException {
        // Given
        try (Socket socket = connect()) {
            // When
            String answer = ask(socket, "hello");

            // Then
            assertThat(answer).isEqualTo("hello");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void cut_endsPresentConnectionsOnly() throws IOException {
        // Given
        try (Socket old = connect()) {
            ask(old, "hello");

            // When
            proxy.cut();

            // Then
            assertThat(old.getInputStream().read()).isEqualTo(-1);
            try (Socket fresh = connect()) {
                assertThat(ask(fresh, "again")).isEqualTo("again");
            }
        }
    }

    @Test
    void stall_holdsEverythingBackUntilFlow() throws IOException {
        // Given
        try (Socket socket = connect()) {
            ask(socket, "hello");
            socket.setSoTimeout(SILENCE_MILLIS);

            // When
            proxy.stall();

            // Then
            assertThatThrownBy(() -> ask(socket, "late")).isInstanceOf(SocketTimeoutException.class);
            proxy.flow();
            socket.setSoTimeout(5_000);
            assertThat(new String(socket.getInputStream().readNBytes(4), UTF_8)).isEqualTo("late");
        }
    }

    @Test
    void halfOpen_leavesTheClientInSilence() throws IOException {
        // Given
        try (Socket socket = connect()) {
            ask(socket, "hello");
            socket.setSoTimeout(SILENCE_MILLIS);

            // When
            proxy.halfOpen();

            // Then
            assertThatThrownBy(() -> ask(socket, "anybody there?")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void delay_makesAnswersLate() throws IOException {
        // Given
        proxy.delay(Duration.ofMillis(SILENCE_MILLIS));
        try (Socket socket = connect()) {
            // When
            long asked = System.nanoTime();
            ask(socket, "hello");

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isGreaterThan(Duration.ofMillis(SILENCE_MILLIS - 1));
        }
    }

    @Test
    void filter_changesWhatTheServerSends() throws IOException {
        // Given
        proxy.filterFromServer(
                () -> bytes -> new String(bytes, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        try (Socket socket = connect()) {
            // When
            String answer = ask(socket, "hello");

            // Then
            assertThat(answer).isEqualTo("HELLO");
        }
    }

    @Test
    void refuse_closesNewConnections() throws IOException {
        // Given
        proxy.refuse(true);

        // When
        try (Socket socket = connect()) {
            // Then
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
