package dev.fanfare.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The service over a real Redis.
@QuarkusTest
@WithTestResource(RedisResource.class)
class PublishIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern RECEIPT = Pattern.compile(
            "\\{\"channel\":\"[^\"]+\",\"id\":\"([^\"]+)\",\"epoch\":\"([^\"]+)\",\"offset\":(\\d+),\"duplicate\":(true|false)}");

    @Inject
    ChannelHistory history;

    private RedisServer redis;
    private final Channel channel = new Channel("it." + UUID.randomUUID());
    private StreamPosition before;

    @BeforeEach
    void rememberWhereTheChannelBegins() {
        before = history.tip(channel).join().position();
    }

    private record Receipt(String id, StreamPosition position, boolean duplicate) {}

    @Test
    void published_isStoredAsItCame() {
        // When
        Receipt receipt = published("{\"data\":{\"n\":1.50},\"id\":\"a\",\"name\":\"n\",\"clientId\":\"c\"}");

        // Then
        assertThat(receipt.position()).isEqualTo(new StreamPosition(before.epoch(), 1));
        assertThat(receipt.duplicate()).isFalse();
        assertThat(stored())
                .singleElement()
                .asString()
                .matches(
                        "\\{\"message\":\\{\"n\":1.50},\"id\":\"a\",\"timestamp\":\\d{13},\"name\":\"n\",\"clientId\":\"c\"}");
    }

    @Test
    void sequentialPublishes_keepTheirOrder() {
        // When
        List<Receipt> receipts = IntStream.range(0, 100)
                .mapToObj(n -> published("{\"data\":" + n + "}"))
                .toList();

        // Then
        assertThat(receipts)
                .extracting(receipt -> receipt.position().offset())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 100).mapToObj(Long::valueOf).toList());
        assertThat(stored())
                .extracting(message -> message.substring(0, message.indexOf(',')))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .mapToObj(n -> "{\"message\":" + n)
                        .toList());
    }

    @Test
    void sameIdAgain_isAnsweredWithTheFirstPositionAndStoredOnce() {
        // Given
        Receipt first = published("{\"data\":1,\"id\":\"a\"}");
        published("{\"data\":2}");

        // When
        Receipt again = published("{\"data\":1,\"id\":\"a\"}");

        // Then
        assertThat(again).isEqualTo(new Receipt("a", first.position(), true));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void sameIdAtTheSameTime_isStoredOnce() throws Exception {
        // Given
        int callers = 64;

        // When
        List<Receipt> receipts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> answers = IntStream.range(0, callers)
                    .mapToObj(_ -> threads.submit(() -> published("{\"data\":1,\"id\":\"same\"}")))
                    .toList();
            for (Future<Receipt> answer : answers) {
                receipts.add(answer.get());
            }
        }

        // Then
        assertThat(stored()).hasSize(1);
        assertThat(receipts)
                .extracting(Receipt::position)
                .containsOnly(receipts.getFirst().position());
        assertThat(receipts).filteredOn(receipt -> !receipt.duplicate()).hasSize(1);
    }

    @Test
    void arraysAtTheSameTime_areStoredContiguously() throws Exception {
        // Given
        int callers = 16;
        int messages = 50;

        // When
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> futures = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(() -> publish(array(caller, messages))))
                    .toList();
            for (Future<HttpResponse<String>> future : futures) {
                answers.add(future.get());
            }
        }

        // Then
        assertThat(answers).allMatch(answer -> answer.statusCode() == 201);
        List<String> data = stored().stream()
                .map(message -> message.substring("{\"message\":".length(), message.indexOf(",\"id\"")))
                .toList();
        assertThat(data).hasSize(callers * messages);
        for (int run = 0; run < callers; run++) {
            int caller = Integer.parseInt(data.get(run * messages)) / messages;
            assertThat(data.subList(run * messages, (run + 1) * messages))
                    .containsExactlyElementsOf(IntStream.range(caller * messages, (caller + 1) * messages)
                            .mapToObj(String::valueOf)
                            .toList());
        }
    }

    private static String array(int caller, int messages) {
        return IntStream.range(caller * messages, (caller + 1) * messages)
                .mapToObj(n -> "{\"data\":" + n + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void bytesAndExtras_areStoredForSubscribers() {
        // When
        HttpResponse<String> bytes =
                Api.send(Api.post(channel.name(), "application/octet-stream", new byte[] {0, -1, 62}));
        published("{\"data\":1,\"id\":\"x\",\"extras\":{\"priority\":1.0}}");

        // Then
        assertThat(bytes.statusCode()).isEqualTo(201);
        assertThat(stored())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"message\":\"AP8+\",")
                                .endsWith(",\"encoding\":\"base64\"}"),
                        second -> assertThat(second).endsWith(",\"extras\":{\"priority\":1.0}}"));
    }

    @Test
    void batch_isStoredInEachChannel() {
        // Given
        Channel other = new Channel(channel.name() + ".other");

        // When
        HttpResponse<String> answer = Api.publishBatch("[{\"channel\":\"" + channel + "\",\"data\":1},{\"channel\":\""
                + other + "\",\"data\":2},{\"channel\":\"" + channel + "\",\"data\":3}]");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(stored()).hasSize(2);
        assertThat(history.tip(other).join().position().offset()).isEqualTo(1);
    }

    @Test
    void publish_isAnnouncedToRedisSubscribers() {
        // Given
        String commands = statistic("cmdstat_publish:calls=");

        // When
        published("{\"data\":1,\"id\":\"x\"}");
        published("{\"data\":1,\"id\":\"x\"}");

        // Then: once, although it was published twice
        assertThat(Long.parseLong(statistic("cmdstat_publish:calls=")) - Long.parseLong(commands))
                .isEqualTo(1);
    }

    private String statistic(String prefix) {
        String all = String.valueOf(redis.execute("INFO", "commandstats"));
        int from = all.indexOf(prefix);
        return from < 0 ? "0" : all.substring(from + prefix.length(), all.indexOf(',', from));
    }

    @Test
    void redisAway_isRefusedInTimeAndServedAgainWithoutARestart() {
        // Given
        Receipt before = published("{\"data\":0,\"id\":\"before\"}");
        redis.stop();

        // When
        long startedAt = System.nanoTime();
        HttpResponse<String> refused = publish("{\"data\":1,\"id\":\"during\"}");
        Duration taken = Duration.ofNanos(System.nanoTime() - startedAt);
        int readiness = Api.get("/q/health/ready").statusCode();
        int liveness = Api.get("/q/health/live").statusCode();
        String metrics = Api.get("/q/metrics").body();
        redis.start();

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":50300");
        assertThat(refused.headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).isIn("1", "2", "3"));
        assertThat(taken).isLessThan(Duration.ofSeconds(3));
        assertThat(readiness).isEqualTo(503);
        assertThat(liveness).isEqualTo(200);
        assertThat(metrics).contains("fanfare_publisher_ready 0.0");
        await().atMost(SOON).until(() -> Api.get("/q/health/ready").statusCode() == 200);
        assertThat(Api.get("/q/metrics").body()).contains("fanfare_publisher_ready 1.0");
        Receipt after = published("{\"data\":1,\"id\":\"during\"}");
        assertThat(after.duplicate()).isFalse();
        assertThat(after.position().epoch()).isNotEqualTo(before.position().epoch());
    }

    @Test
    void frozenRedis_isRefusedInTimeAndTheRetryIsStoredOnce() {
        // Given
        published("{\"data\":0}");
        redis.pause();

        // When
        HttpResponse<String> refused = publish("{\"data\":1,\"id\":\"frozen\"}");
        redis.resume();

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        await().atMost(SOON).until(() -> Api.get("/q/health/ready").statusCode() == 200);
        published("{\"data\":1,\"id\":\"frozen\"}");
        assertThat(stored())
                .filteredOn(message -> message.contains("\"frozen\""))
                .hasSize(1);
    }

    @Test
    void service_isReadyAndMeasured() {
        // When
        published("{\"data\":1}");

        // Then
        assertThat(Api.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(Api.get("/q/metrics").body()).contains("fanfare_publish_duration_seconds_count");
    }

    private HttpResponse<String> publish(String json) {
        return Api.publish(channel.name(), json);
    }

    private Receipt published(String json) {
        HttpResponse<String> answer = publish(json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Matcher receipt = RECEIPT.matcher(answer.body());
        assertThat(receipt.matches()).as(answer.body()).isTrue();
        return new Receipt(
                receipt.group(1),
                new StreamPosition(receipt.group(2), Long.parseLong(receipt.group(3))),
                Boolean.parseBoolean(receipt.group(4)));
    }

    private List<String> stored() {
        HistorySlice slice = history.since(channel, before, 1_000).join();
        assertThat(slice).isInstanceOf(HistorySlice.Complete.class);
        return ((HistorySlice.Complete) slice)
                .publications().stream()
                        .map(publication -> publication.message().toString())
                        .toList();
    }
}
