package dev.fanfare.telemetry.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.publish.Bookmark;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.ConfigFixture;
import dev.fanfare.telemetry.source.EventSource;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.SourceKind;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.StreamOutcome.Received;
import dev.fanfare.telemetry.source.StubServer;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole loop against a real server, in real time.
class FollowerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final StubServer server = new StubServer();
    private final RecordingBroker broker = new RecordingBroker();
    private final InMemoryBroker history =
            new InMemoryBroker(new ChannelRules(List.of()), new VirtualClock(), Duration.ofMinutes(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Tenure tenure =
            new Tenure(42, System.nanoTime() + Duration.ofMinutes(5).toNanos(), Ticker.SYSTEM);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> askedAt = Collections.synchronizedList(new ArrayList<>());
    private Thread thread = new Thread();

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        assertThat(thread.join(SOON)).isTrue();
        server.close();
    }

    @Test
    void events_arePublishedInOrderWithTheirTypeAndId() {
        // Given
        server.answering(server.events("id: a\nevent: price\ndata: 1\n\ndata: 2\n\n", "id: b\ndata: 3\n\n"));

        // When
        follow(Map.of());

        // Then
        await().atMost(SOON).until(() -> broker.stored().size() == 3);
        assertThat(broker.storedData()).containsExactly("1", "2", "3");
        assertThat(broker.stored()).extracting(Message::id).containsExactly("s-42-1-a", "s-42-2-a", "s-42-3-b");
        assertThat(broker.stored()).extracting(Message::name).containsExactly("price", null, null);
        assertThat(polls("fetched")).isEqualTo(3);
    }

    @Test
    void serverThatEndsEachAnswer_isAskedForWhatFollowed() {
        // Given
        server.answering(exchange -> {
            int next = remember(exchange) + 1;
            StubServer.events(exchange, "retry: 10\nid: " + next + "\ndata: " + next + "\n\n");
        });

        // When
        follow(Map.of());

        // Then: without gap or repetition
        await().atMost(SOON).until(() -> broker.stored().size() >= 8);
        assertThat(broker.storedData().subList(0, 8))
                .isEqualTo(IntStream.rangeClosed(1, 8).mapToObj(String::valueOf).toList());
        assertThat(polls("ended")).isGreaterThanOrEqualTo(7);
    }

    @Test
    void connectionsThatBreak_loseNothing() {
        // Given: three events each time, the last of them cut in the middle
        server.answering(exchange -> {
            int last = remember(exchange);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 10_000);
            String text = event(last + 1) + event(last + 2) + event(last + 3).substring(0, 9);
            exchange.getResponseBody().write(text.getBytes(UTF_8));
            exchange.getResponseBody().flush();
        });

        // When
        follow(Map.of());

        // Then
        await().atMost(SOON).until(() -> broker.stored().size() >= 10);
        assertThat(broker.storedData().subList(0, 10))
                .isEqualTo(
                        IntStream.rangeClosed(1, 10).mapToObj(String::valueOf).toList());
        assertThat(polls("broken")).isGreaterThanOrEqualTo(4);
    }

    private static String event(int n) {
        return "id: " + n + "\ndata: " + n + "\n\n";
    }

    @Test
    void newTenure_goesOnWhereTheChannelStands() {
        // Given: what an earlier leader stored
        var old = new SamplePublisher("s", settings(Map.of()).channel(), history, new VirtualClock());
        history.publish(old.toMessage(new Received(new Sample(RawJson.ofString("x"), false), "message", "17"), 41))
                .join();
        server.answering(exchange -> {
            remember(exchange);
            server.events().to(exchange);
        });

        // When
        follow(Map.of());

        // Then
        await().atMost(SOON).until(() -> !asked.isEmpty());
        assertThat(asked).containsExactly("17");
    }

    @Test
    void publishThatFails_isRepeatedUntilItIsStoredAndNoEventOvertakesIt() {
        // Given: more often than a poller would try
        broker.failing(5);
        server.answering(server.events(event(1), event(2)));

        // When
        follow(Map.of());

        // Then
        await().atMost(SOON).until(() -> broker.stored().size() == 2);
        assertThat(broker.storedData()).containsExactly("1", "2");
        assertThat(broker.attempts().subList(0, 6)).extracting(Message::id).containsOnly("s-42-1-1");
    }

    @ParameterizedTest
    @CsvSource({"oops, not-json", "1234567890123456789012345678901, too-large"})
    void eventThatCannotBePublished_isCountedAndLeftOut(String data, String outcome) {
        // Given
        server.answering(server.events("data: " + data + "\n\ndata: 2\n\n"));

        // When
        follow(Map.of("max-bytes", "30"));

        // Then
        await().atMost(SOON).until(() -> !broker.stored().isEmpty());
        assertThat(broker.storedData()).containsExactly("2");
        assertThat(polls(outcome)).isEqualTo(1);
    }

    @Test
    void serverThatRefuses_isAskedLessAndLess() {
        // Given
        server.answering(exchange -> {
            remember(exchange);
            StubServer.send(exchange, 503, "");
        });

        // When
        follow(Map.of("interval", "100ms", "max-backoff", "10s"));

        // Then: pauses of at least half of 100, 200, 400 and 800 ms
        await().atMost(SOON).until(() -> asked.size() == 5);
        for (int i = 1; i < 5; i++) {
            assertThat(Duration.ofNanos(askedAt.get(i) - askedAt.get(i - 1)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50L << (i - 1)));
        }
        assertThat(polls("status")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void event_beginsThePausesAnew() {
        // Given: every other answer brings one
        server.answering(exchange -> {
            remember(exchange);
            if (asked.size() % 2 == 0) {
                StubServer.events(exchange, "data: 1\n\n");
            } else {
                StubServer.send(exchange, 503, "");
            }
        });

        // When
        follow(Map.of("interval", "100ms", "max-backoff", "1m"));

        // Then: pauses that grew all the time would be longer than this test by far
        await().atMost(SOON).until(() -> asked.size() >= 14);
    }

    @ParameterizedTest
    @CsvSource({"700, 700", "3600000, 1000"})
    void retry_isWaitedForUpToTheLongestPause(int retryMillis, int leastMillis) {
        // Given
        server.answering(exchange -> {
            remember(exchange);
            StubServer.events(exchange, "retry: " + retryMillis + "\ndata: 1\n\n");
        });

        // When
        follow(Map.of("interval", "100ms", "max-backoff", "1s"));

        // Then
        await().atMost(SOON).until(() -> asked.size() == 3);
        assertThat(Duration.ofNanos(askedAt.get(2) - askedAt.get(1)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(leastMillis));
    }

    @Test
    void publishOnChange_keepsBackWhatSaysTheSame() {
        // Given
        server.answering(server.events("data: 1\n\ndata: 1\n\ndata: 2\n\n"));

        // When
        follow(Map.of("publish", "on-change"));

        // Then
        await().atMost(SOON).until(() -> broker.stored().size() == 2);
        assertThat(broker.storedData()).containsExactly("1", "2");
    }

    @Test
    void fencedOffLeader_publishesNothingAndStepsDown() throws InterruptedException {
        // Given
        broker.fencing();
        server.answering(server.events(event(1), event(2)));

        // When
        follow(Map.of());

        // Then
        assertThat(thread.join(SOON)).isTrue();
        assertThat(tenure.isHeld()).isFalse();
        assertThat(broker.attempts()).hasSize(1);
    }

    @Test
    void tenureThatEnds_hangsUp() throws InterruptedException {
        // Given: a server that notices by writing
        server.answering(exchange -> {
            StubServer.beginEvents(exchange);
            server.endless(exchange, ":\n".getBytes(UTF_8));
        });
        follow(Map.of());
        await().atMost(SOON).until(() -> server.underWay() == 1);

        // When
        tenure.end();

        // Then
        assertThat(thread.join(SOON)).isTrue();
        await().atMost(SOON).until(() -> server.underWay() == 0);
    }

    @Test
    void redisThatCannotSayWhereToGoOn_endsTheTenureBeforeAnythingIsAsked() throws InterruptedException {
        // Given
        history.stop();

        // When
        follow(Map.of());

        // Then
        assertThat(thread.join(SOON)).isTrue();
        assertThat(tenure.isHeld()).isFalse();
        assertThat(server.requests()).isZero();
    }

    /// The number that the request says it has seen, 0 for none.
    private int remember(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        askedAt.add(System.nanoTime());
        asked.add(String.valueOf(last));
        return last == null ? 0 : Integer.parseInt(last);
    }

    private void follow(Map<String, String> changed) {
        SourceSettings settings = settings(changed);
        var kind = (SourceKind.EventStream) settings.kind();
        thread = Thread.ofVirtual().start(() -> {
            try (var source = new EventSource(settings, kind)) {
                new Follower(
                                settings,
                                kind.idleTimeout(),
                                source,
                                new Bookmark("s", settings.channel(), history),
                                new SamplePublisher("s", settings.channel(), broker, new VirtualClock()),
                                new PollMetrics("s", registry, Ticker.SYSTEM),
                                Ticker.SYSTEM)
                        .run(tenure);
            }
        });
    }

    private SourceSettings settings(Map<String, String> changed) {
        var properties = new HashMap<>(Map.of(
                "fanfare.telemetry.sources.s.kind", "event-stream",
                "fanfare.telemetry.sources.s.url", server.uri().toString(),
                "fanfare.telemetry.sources.s.channel", "c",
                "fanfare.telemetry.sources.s.interval", "100ms",
                "fanfare.telemetry.sources.s.timeout", "1m",
                "fanfare.telemetry.sources.s.connect-timeout", "1m",
                "fanfare.telemetry.sources.s.max-backoff", "300ms"));
        changed.forEach((name, value) -> properties.put("fanfare.telemetry.sources.s." + name, value));
        return SourceSettings.of(ConfigFixture.sources(properties)).getFirst();
    }

    private double polls(String outcome) {
        return registry.get("fanfare.telemetry.polls")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
