package dev.fanfare.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final List<Integer> ends = new ArrayList<>();

    @Test
    void serviceThatIsNotReady_isAskedAllTheSameAndEnded() throws IOException {
        // Given
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            // When
            rehearsal(server.getAddress().getPort(), Duration.ofSeconds(10)).run();

            // Then
            assertThat(ends).containsExactly(0);
            assertThat(asked).contains("/q/health/ready", "/q/health/live", "/q/metrics");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void serviceThatNeverAnswers_isEndedAsAFailure() {
        // When
        rehearsal(FreePorts.next(), Duration.ofMillis(120)).run();

        // Then
        assertThat(ends).containsExactly(1);
    }

    private Rehearsal rehearsal(int port, Duration patience) {
        return new Rehearsal(new LocalInstance(Integer.toString(port), Duration.ofSeconds(3)), patience, ends::add);
    }
}
