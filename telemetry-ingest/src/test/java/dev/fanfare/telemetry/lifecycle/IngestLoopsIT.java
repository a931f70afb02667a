package dev.fanfare.telemetry.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.telemetry.leadership.LeaseConfig;
import dev.fanfare.telemetry.source.ConfigFixture;
import dev.fanfare.telemetry.source.StubServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole instances against a real Redis and a real HTTP server, several in one process.
@QuarkusTest
@WithTestResource(RedisResource.class)
class IngestLoopsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern DATA_AND_ID =
            Pattern.compile("\\{\"message\":(.*),\"id\":\"([^\"]*)\",\"timestamp\".*");

    @Inject
    MessagePublisher publisher;

    @Inject
    LeaseKeeper leases;

    @Inject
    ChannelHistory history;

    private final Channel channel = new Channel("it." + UUID.randomUUID());
    private final StubServer source = new StubServer();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<Instance> instances = new ArrayList<>();
    private StreamPosition before;

    /// One instance of the service and what can be seen of it.
    private record Instance(IngestLoops loops, RedisLink link, MeterRegistry registry) {

        double gauge(String name) {
            return registry.get("fanfare.telemetry." + name).gauge().value();
        }

        double polls(String outcome) {
            return registry.get("fanfare.telemetry.polls")
                    .tag("outcome", outcome)
                    .counter()
                    .count();
        }

        boolean isLeader() {
            return gauge("leader") == 1;
        }

        void stop() throws InterruptedException {
            loops.stop(new ShutdownEvent());
        }
    }

    /// What is stored of one message.
    private record Published(String data, String id) {

        String fence() {
            return id.substring(id.indexOf('-') + 1, id.lastIndexOf('-'));
        }
    }

    @BeforeEach
    void rememberWhereTheChannelBegins() {
        before = history.tip(channel).join().position();
        source.answering(exchange -> StubServer.send(exchange, 200, "{\"n\":" + answers.incrementAndGet() + "}"));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Instance instance : instances) {
            instance.stop();
        }
        source.close();
    }

    @Test
    void answers_reachTheChannelInOrder() {
        // When
        start(Map.of());

        // Then
        await().atMost(SOON).until(() -> published().size() >= 5);
        assertThat(published())
                .extracting(Published::data)
                .startsWith("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}");
    }

    @Test
    void twoInstances_publishEachSampleOnce() {
        // When
        Instance first = start(Map.of());
        Instance second = start(Map.of());
        await().atMost(SOON).until(() -> published().size() >= 15);

        // Then: one polls, and what the source gave is in the channel once
        assertThat(first.gauge("leader") + second.gauge("leader")).isEqualTo(1);
        List<Published> published = published();
        assertThat(published).extracting(Published::data).doesNotHaveDuplicates();
        assertThat(published)
                .extracting(Published::fence)
                .containsOnly(published.getFirst().fence());
        assertThat(source.mostUnderWay()).isEqualTo(1);
    }

    @Test
    void leaderThatVanishes_isFollowedWithin5s() {
        // Given
        Instance leader = start(Map.of());
        await().atMost(SOON).until(leader::isLeader);
        Instance standby = start(Map.of());
        await().atMost(SOON).until(() -> published().size() >= 3);
        String oldFence = published().getFirst().fence();

        // When
        leader.link().cut();

        // Then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !published().getLast().fence().equals(oldFence));
        assertThat(standby.isLeader()).isTrue();
        assertThat(published()).extracting(Published::data).doesNotHaveDuplicates();
        await().atMost(SOON).until(() -> !leader.isLeader());
    }

    @Test
    void leaderThatStops_handsOverAtOnce() throws InterruptedException {
        // Given
        Instance leader = start(Map.of());
        await().atMost(SOON).until(leader::isLeader);
        Instance standby = start(Map.of());
        await().atMost(SOON).until(() -> published().size() >= 3);

        // When
        leader.stop();
        int handedOver = published().size();

        // Then: far below the three seconds that the lease would have lasted
        await().atMost(Duration.ofSeconds(2)).until(() -> published().size() > handedOver);
        assertThat(standby.isLeader()).isTrue();
        assertThat(published()).extracting(Published::data).doesNotHaveDuplicates();
    }

    @Test
    void leaderThatMissedItsSuccessor_publishesNothingAndStepsDown() {
        // Given: a leader that goes on in the belief that it has the lease
        Instance deceived = start(Map.of());
        await().atMost(SOON).until(deceived::isLeader);
        Instance successor = start(Map.of());
        await().atMost(SOON).until(() -> published().size() >= 3);
        String oldFence = published().getFirst().fence();

        // When
        deceived.link().deceive();

        // Then: from the successor's first message on, nothing comes under the old fence
        await().atMost(SOON).until(successor::isLeader);
        await().atMost(SOON).until(() -> !published().getLast().fence().equals(oldFence));
        int takeover = indexOfFirstNot(oldFence);
        await().atMost(SOON).until(() -> published().size() > takeover + 20);
        assertThat(published().subList(takeover, takeover + 20))
                .extracting(Published::fence)
                .doesNotContain(oldFence);
        deceived.link().cut();
    }

    private int indexOfFirstNot(String fence) {
        List<Published> all = published();
        int index = 0;
        while (all.get(index).fence().equals(fence)) {
            index++;
        }
        return index;
    }

    @Test
    void slowAnswers_doNotPileUp() {
        // Given: answers take five intervals
        source.answering(exchange -> {
            pause(Duration.ofSeconds(1));
            StubServer.send(exchange, 200, "{\"n\":" + answers.incrementAndGet() + "}");
        });

        // When
        start(Map.of());
        await().atMost(SOON).until(() -> published().size() >= 4);

        // Then
        assertThat(source.mostUnderWay()).isEqualTo(1);
        assertThat(source.requests()).isLessThanOrEqualTo(published().size() + 2);
    }

    @ParameterizedTest
    @CsvSource({"500, {}, status", "200, <html>, not-json", "200, {\"n\":0}, absent", "200, 12345678901, too-large"})
    void uselessAnswer_isCountedAndNotPublished(int status, String body, String outcome) {
        // Given
        source.answering(StubServer.json(status, body));

        // When
        Instance instance = start(Map.of("pointer", "/here", "max-bytes", "10"));

        // Then
        await().atMost(SOON).until(() -> instance.polls(outcome) >= 3);
        assertThat(published()).isEmpty();
    }

    @Test
    void prometheusEndpoint_isPublishedAsOneSample() {
        // Given
        source.answering(StubServer.json(200, "# TYPE up gauge\nup{job=\"a\"} 1\nup{job=\"b\"} 0\ndown 3\n"));

        // When
        start(Map.of("kind", "prometheus", "prometheus.select[0]", "up{job=\"b\"}", "publish", "on-change"));

        // Then
        await().atMost(SOON).until(() -> !published().isEmpty());
        assertThat(published())
                .extracting(Published::data)
                .containsExactly("{\"series\":[{\"name\":\"up\",\"labels\":{\"job\":\"b\"},\"value\":0}]}");
    }

    @Test
    void streamOfEvents_goesOnAtTheNextLeaderWithoutGapOrRepetition() {
        // Given: a server that sends 1, 2, 3, … and goes on after the event that it is told
        source.answering(IngestLoopsIT::count);
        Instance leader = start(Map.of("kind", "event-stream"));
        await().atMost(SOON).until(leader::isLeader);
        Instance standby = start(Map.of("kind", "event-stream"));
        await().atMost(SOON).until(() -> published().size() >= 5);
        assertThat(source.mostUnderWay()).isEqualTo(1);

        // When
        leader.link().cut();
        await().atMost(SOON).until(standby::isLeader);
        int atTakeover = published().size();
        await().atMost(SOON).until(() -> published().size() >= atTakeover + 5);

        // Then
        List<String> data = published().stream().map(Published::data).toList();
        assertThat(data)
                .isEqualTo(IntStream.rangeClosed(1, data.size())
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList());
    }

    private static void count(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (int n = last == null ? 1 : Integer.parseInt(last) + 1; true; n++) {
            exchange.getResponseBody().write(("id:" + n + "\ndata:{\"n\":" + n + "}\n\n").getBytes(UTF_8));
            exchange.getResponseBody().flush();
            pause(Duration.ofMillis(50));
        }
    }

    @Test
    void sourceWithTags_isPublishedOncePerVersion() {
        // Given: a source that says 304 to whoever knows its version, and which wants a key
        source.answering(exchange -> {
            String tag = "\"" + Math.min(answers.incrementAndGet() / 4, 1) + "\"";
            exchange.getResponseHeaders().set("ETag", tag);
            boolean isKnown = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            boolean isAllowed = "hunter2".equals(exchange.getRequestHeaders().getFirst("X-Api-Key"));
            int status = !isAllowed ? 401 : isKnown ? 304 : 200;
            StubServer.send(exchange, status, status == 200 ? tag : "");
        });

        // When
        Instance instance = start(Map.of("headers.X-Api-Key", "hunter2"));

        // Then
        await().atMost(SOON).until(() -> instance.polls("unchanged") >= 6);
        assertThat(published()).extracting(Published::data).containsExactly("\"0\"", "\"1\"");
        assertThat(instance.polls("fetched")).isEqualTo(2);
    }

    @Test
    void publishOnChange_leavesOutWhatSaysTheSame() {
        // Given
        source.answering(StubServer.json(200, "{\"at\":0,\"state\":\"open\"}"));

        // When
        Instance instance = start(Map.of("publish", "on-change", "pointer", "/state"));

        // Then
        await().atMost(SOON).until(() -> instance.polls("fetched") >= 5);
        assertThat(published()).extracting(Published::data).containsExactly("\"open\"");
    }

    @Test
    void silentSource_timesOutAndIsCounted() {
        // Given
        source.answering(source.silence());

        // When
        Instance instance = start(Map.of("timeout", "100ms", "connect-timeout", "100ms"));

        // Then
        await().atMost(SOON).until(() -> instance.polls("timeout") >= 3);
        assertThat(published()).isEmpty();
    }

    @Test
    void outage_isBridgedByTheModelUntilTheSourceIsBack() {
        // Given
        Instance instance = start(Map.of("model", "iss-orbit", "model-after", "500ms", "max-backoff", "400ms"));
        await().atMost(SOON).until(() -> published().size() >= 3);

        // When
        int port = source.port();
        source.close();

        // Then
        await().atMost(SOON).until(() -> isSimulated(published().getLast()));
        assertThat(instance.gauge("simulated")).isEqualTo(1);

        // When
        try (var revived = new StubServer(port)) {
            revived.answering(StubServer.json(200, "{\"back\":true}"));

            // Then: and no model sample comes any more
            await().atMost(SOON).until(() -> published().getLast().data().equals("{\"back\":true}"));
            int back = published().size();
            await().atMost(SOON).until(() -> published().size() > back + 5);
            assertThat(published().subList(back, back + 5)).noneMatch(IngestLoopsIT::isSimulated);
            assertThat(instance.gauge("simulated")).isZero();
        }
    }

    private static boolean isSimulated(Published message) {
        return message.data().contains("\"source\":\"simulated\"");
    }

    private Instance start(Map<String, String> settings) {
        var properties = new HashMap<>(Map.of(
                "fanfare.telemetry.sources.stub.url", source.uri().toString(),
                "fanfare.telemetry.sources.stub.channel", channel.name(),
                "fanfare.telemetry.sources.stub.interval", "200ms"));
        settings.forEach((name, value) -> properties.put("fanfare.telemetry.sources.stub." + name, value));
        var registry = new SimpleMeterRegistry();
        var link = new RedisLink(publisher, leases);
        var loops = new IngestLoops(
                ConfigFixture.sources(properties),
                ConfigFixture.mapping(LeaseConfig.class, Map.of()),
                link,
                history,
                link,
                registry);
        var instance = new Instance(loops, link, registry);
        instances.add(instance);
        loops.start(new StartupEvent());
        return instance;
    }

    private List<Published> published() {
        HistorySlice slice = history.since(channel, before, 1000).join();
        assertThat(slice).isInstanceOf(HistorySlice.Complete.class);
        return ((HistorySlice.Complete) slice)
                .publications().stream()
                        .map(publication -> publishedOf(publication.message().toString()))
                        .toList();
    }

    private static Published publishedOf(String stored) {
        MatchResult match = DATA_AND_ID.matcher(stored).results().findFirst().orElseThrow();
        return new Published(match.group(1), match.group(2));
    }

    /// The server takes its time; no test waits for this.
    private static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
