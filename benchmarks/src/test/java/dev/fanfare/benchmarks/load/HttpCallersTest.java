package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.benchmarks.load.HttpCallers.HttpAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCallersTest {

    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final AtomicInteger served = new AtomicInteger();
    private HttpServer server;
    private int status = 201;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"offset\":1}".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            // Before the caller has the answer, and may count it.
            served.incrementAndGet();
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void run_countsEveryAnswerOnce() {
        try (HttpCallers callers = HttpCallers.open(server.getAddress().getPort(), 4, REQUEST)) {
            // When
            PublishOutcome first = callers.run(SHORT, () -> Duration.ZERO);
            PublishOutcome second = callers.run(SHORT, () -> Duration.ZERO);

            // Then
            assertThat(first.published()).isPositive();
            assertThat(first.published() + second.published()).isEqualTo(served.get());
            assertThat(second.elapsed()).isGreaterThanOrEqualTo(SHORT);
            assertThat(second.latency().p50()).isPositive();
        }
    }

    @Test
    void answerThatIsNoSuccess_endsTheRun() {
        // Given
        status = 503;
        try (HttpCallers callers = HttpCallers.open(server.getAddress().getPort(), 1, REQUEST)) {
            // Then
            assertThatThrownBy(() -> callers.run(SHORT, () -> Duration.ZERO))
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("503");
        }
    }

    @Test
    void answer_isCompleteWithItsLastByte() {
        // Given
        var answer = new HttpAnswer();

        // Then
        assertThat(answer.isCompleteWith("HTTP/1.1 201 Created\r\ncontent-length: 4\r\n"))
                .isFalse();
        assertThat(answer.isCompleteWith("\r\nabc")).isFalse();
        assertThat(answer.isCompleteWith("d")).isTrue();
        assertThat(answer.isCreated()).isTrue();
    }
}
