package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.telemetry.source.StreamOutcome.Connected;
import dev.fanfare.telemetry.source.StreamOutcome.Lost;
import dev.fanfare.telemetry.source.StreamOutcome.Received;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a real server, whose answers break in every way.
class EventStreamTest {

    private final StubServer server = new StubServer();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Duration timeout = Duration.ofMinutes(1);
    private Duration idleTimeout = Duration.ofMinutes(1);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        server.close();
    }

    @Test
    void events_comeInOrder() throws Exception {
        // Given
        server.answering(server.events("data: a\n\n", "event: x\nid: 7\ndata: b\n\n"));
        EventStream stream = open(null);

        // When, Then
        assertThat(stream.next()).isEqualTo(new Connected());
        assertThat(received(stream)).extracting(Received::type, Received::id).containsExactly("message", null);
        assertThat(received(stream)).extracting(Received::type, Received::id).containsExactly("x", "7");
    }

    @Test
    void lastEventId_isSentFromTheFirstConnectionOn() throws Exception {
        // Given
        server.answering(exchange -> {
            String asked = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            StubServer.events(exchange, "id: " + asked + "+\ndata: a\n\n");
        });
        EventStream stream = open("1");

        // When, Then: each answer ends, and the next goes on from it
        assertThat(received(stream).id()).isEqualTo("1+");
        assertThat(lost(stream).failed().failure()).isEqualTo(FetchFailure.ENDED);
        assertThat(received(stream).id()).isEqualTo("1++");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a\tb"})
    void idThatNoHeaderCanHold_isNotSent(String id) throws Exception {
        // Given
        server.answering(exchange -> {
            String asked = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            StubServer.events(exchange, "data: " + asked + "\n\n");
        });

        // When, Then
        assertThat(received(open(id)).sample().data()).hasToString("\"null\"");
    }

    @Test
    void connectionThatBreaksInAnEvent_isLostAndTheHalfIsDropped() throws Exception {
        // Given
        server.answering(exchange -> {
            boolean isFirst = server.requests() == 1;
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody()
                    .write((isFirst ? "retry: 10\nid: 1\ndata: a\n\nid: 2\ndata: ha" : "data: b\n\n").getBytes(UTF_8));
            exchange.getResponseBody().flush();
        });
        EventStream stream = open(null);

        // When, Then: hung up long before the length that was announced
        assertThat(received(stream).id()).isEqualTo("1");
        Lost lost = lost(stream);
        assertThat(lost.failed().failure()).isEqualTo(FetchFailure.BROKEN);
        assertThat(lost.retry()).isEqualTo(Duration.ofMillis(10));
        assertThat(received(stream)).satisfies(event -> {
            assertThat(event.sample().data()).hasToString("\"b\"");
            assertThat(event.id()).isEqualTo("1");
        });
    }

    @Test
    void stream_thatFallsSilentIsLost() throws Exception {
        // Given
        idleTimeout = Duration.ofSeconds(2);
        server.answering(server.events("data: a\n\n"));
        EventStream stream = open(null);
        received(stream);

        // When, Then
        assertThat(lost(stream).failed().failure()).isEqualTo(FetchFailure.TIMEOUT);
    }

    @Test
    void comments_areSignsOfLife() throws Exception {
        // Given
        server.answering(server.events(":\n", ":\n"));
        EventStream stream = open(null);

        // When, Then
        assertThat(stream.next()).isEqualTo(new Connected());
        assertThat(stream.next()).isEqualTo(new StreamOutcome.Alive());
    }

    @ParameterizedTest
    @CsvSource({"204, STATUS", "404, STATUS", "503, STATUS", "304, STATUS", "206, STATUS"})
    void otherStatus_isAFailure(int status, FetchFailure expected) throws Exception {
        // Given
        server.answering(StubServer.json(status, ""));

        // When, Then
        assertThat(lost(open(null)).failed().failure()).isEqualTo(expected);
    }

    @Test
    void otherContentType_isAFailureAndTheConnectionIsClosed() throws Exception {
        // Given
        server.answering(server.unannounced(256L << 20));

        // When, Then
        assertThat(lost(open(null)).failed().failure()).isEqualTo(FetchFailure.CONTENT_TYPE);
        await().atMost(Duration.ofSeconds(10)).until(() -> server.underWay() == 0);
        assertThat(server.bytesTaken()).isLessThan(32L << 20);
    }

    @Test
    void serverThatDoesNotAnswer_timesOut() throws Exception {
        // Given
        timeout = Duration.ofMillis(300);
        server.answering(server.silence());

        // When, Then
        assertThat(lost(open(null)).failed().failure()).isEqualTo(FetchFailure.TIMEOUT);
    }

    @Test
    void closedPort_isUnreachable() throws Exception {
        // Given
        server.close();

        // When, Then
        assertThat(lost(open(null)).failed().failure()).isEqualTo(FetchFailure.UNREACHABLE);
    }

    @Test
    void readerThatIsSlow_slowsTheServerDown() throws Exception {
        // Given: a server that would send without an end
        byte[] event = ("data: " + "x".repeat(500) + "\n\n").getBytes(UTF_8);
        server.answering(exchange -> {
            StubServer.beginEvents(exchange);
            server.endless(exchange, event);
        });
        EventStream stream = open(null);

        // When: one event is taken, and the server has sent nothing for a while
        received(stream);
        var sent = new long[] {-1};
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    boolean hasStopped = sent[0] == server.bytesTaken();
                    sent[0] = server.bytesTaken();
                    return hasStopped;
                });

        // Then: what is under way is what the sockets hold
        assertThat(server.bytesTaken()).isLessThan(32L << 20);
    }

    @Test
    void redirect_isFollowed() throws Exception {
        // Given
        server.answering(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/there")) {
                StubServer.events(exchange, "data: a\n\n");
            } else {
                exchange.getResponseHeaders().set("Location", "/there");
                StubServer.send(exchange, 307, "");
            }
        });

        // When, Then
        assertThat(received(open(null)).sample().data()).hasToString("\"a\"");
    }

    @Test
    void close_hangsUp() throws Exception {
        // Given: a server that notices by writing
        server.answering(exchange -> {
            StubServer.beginEvents(exchange);
            server.endless(exchange, ":\n".getBytes(UTF_8));
        });
        EventStream stream = open(null);
        stream.next();

        // When
        stream.close();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> server.underWay() == 0);
    }

    @Test
    void interruption_endsTheWait() throws Exception {
        // Given
        server.answering(server.events("data: a\n\n"));
        EventStream stream = open(null);
        received(stream);
        var isInterrupted = new AtomicBoolean();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                stream.next();
            } catch (InterruptedException _) {
                isInterrupted.set(true);
            }
        });

        // When
        reader.interrupt();

        // Then
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(isInterrupted).isTrue();
    }

    private EventStream open(@Nullable String lastEventId) {
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/events");
        var kind = new SourceKind.EventStream(new TextBody(), Set.of(), idleTimeout);
        SourceSettings settings =
                new SettingsFixture().url(url).kind(kind).timeout(timeout).build();
        var source = new EventSource(settings, kind);
        EventStream stream = source.open(lastEventId);
        opened.add(stream);
        opened.add(source);
        return stream;
    }

    private static Received received(EventStream stream) throws InterruptedException {
        StreamOutcome next = nextOf(stream);
        assertThat(next).isInstanceOf(Received.class);
        return (Received) next;
    }

    private static Lost lost(EventStream stream) throws InterruptedException {
        StreamOutcome next = nextOf(stream);
        assertThat(next).isInstanceOf(Lost.class);
        return (Lost) next;
    }

    /// Past what says that the connection is there.
    private static StreamOutcome nextOf(EventStream stream) throws InterruptedException {
        StreamOutcome next = stream.next();
        while (next instanceof Connected || next instanceof StreamOutcome.Alive) {
            next = stream.next();
        }
        return next;
    }
}
