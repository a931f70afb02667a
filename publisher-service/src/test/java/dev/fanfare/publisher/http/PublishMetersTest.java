package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.testkit.MetricsPage;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the meters of publishing count of what is sent over HTTP.
@QuarkusTest
@TestProfile(PublishMetersTest.Fresh.class)
class PublishMetersTest {

    /// An instance that nobody has published with.
    public static final class Fresh extends InMemoryProfile {}

    private static final List<String> ADMISSIONS =
            List.of("admitted", "malformed", "unauthorized", "forbidden", "too-large", "too-many", "overloaded");
    private static final List<String> ENDS = List.of("stored", "duplicate", "id-taken", "failed");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CHANNEL = "meters";

    private static String firstPage = "";

    private final ScriptedBroker broker =
            Arc.container().instance(ScriptedBroker.class).get();

    @BeforeAll
    static void readFirstPage() {
        firstPage = Api.get("/q/metrics").body();
    }

    @AfterEach
    void repair() {
        broker.repair();
    }

    private static double read(String name) {
        return new MetricsPage(Api.get("/q/metrics").body()).sum(name).orElseThrow();
    }

    private static String tagged(String name, String outcome) {
        return name + "{outcome=\"" + outcome + "\"}";
    }

    /// Those of the counters that are above zero, or have grown since `before`.
    private static Map<String, Integer> countedSince(Map<String, Integer> before) {
        var page = new MetricsPage(Api.get("/q/metrics").body());
        Map<String, Integer> counts = new TreeMap<>();
        ADMISSIONS.forEach(outcome -> counts.put(outcome, (int)
                page.sum(tagged("fanfare_publish_admissions_total", outcome)).orElseThrow()));
        ENDS.forEach(outcome ->
                counts.put(outcome, (int) page.sum(tagged("fanfare_publish_duration_seconds_count", outcome))
                        .orElseThrow()));
        counts.put(
                "sized", (int) page.sum("fanfare_publish_message_bytes_count").orElseThrow());
        counts.put("bytes", (int) page.sum("fanfare_publish_message_bytes_sum").orElseThrow());
        counts.replaceAll((name, count) -> count - before.getOrDefault(name, 0));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    @Test
    void everyMeter_existsAtZeroFromTheStart() {
        // When
        var page = new MetricsPage(firstPage);

        // Then
        assertThat(ADMISSIONS)
                .allSatisfy(outcome -> assertThat(page.sum(tagged("fanfare_publish_admissions_total", outcome)))
                        .hasValue(0));
        assertThat(ENDS)
                .allSatisfy(outcome -> assertThat(page.sum(tagged("fanfare_publish_duration_seconds_count", outcome)))
                        .hasValue(0));
        assertThat(page.sum("fanfare_publish_message_bytes_count")).hasValue(0);
        assertThat(page.sum("fanfare_publish_in_flight")).hasValue(0);
        assertThat(page.sum("fanfare_read_duration_seconds_count")).hasValue(0);
        assertThat(page.sum("fanfare_publish_bytes_in_hand_bytes")).hasValue(0);
    }

    private static HttpResponse<String> send(String body, String... headers) {
        HttpRequest.Builder request = Api.post(CHANNEL, "application/json", body.getBytes(UTF_8));
        return Api.send(headers.length == 0 ? request : request.headers(headers));
    }

    @ParameterizedTest
    @MethodSource
    void answer_isCountedOnceByItsOutcome(String body, Map<String, Integer> expected) {
        // Given
        send("{\"data\":1,\"id\":\"known\"}");
        Map<String, Integer> before = countedSince(Map.of());

        // When
        send(body);

        // Then
        assertThat(countedSince(before)).isEqualTo(expected);
    }

    static Stream<Arguments> answer_isCountedOnceByItsOutcome() {
        String large = "{\"data\":\"" + "x".repeat(InMemoryProfile.MAX_MESSAGE_BYTES) + "\"}";
        return Stream.of(
                Arguments.of("{\"data\":\"ab\"}", Map.of("admitted", 1, "stored", 1, "sized", 1, "bytes", 4)),
                Arguments.of(
                        "[{\"data\":10},{\"data\":200},{\"data\":1,\"id\":\"known\"}]",
                        Map.of("admitted", 3, "stored", 2, "duplicate", 1, "sized", 3, "bytes", 6)),
                Arguments.of(
                        "{\"data\":1,\"id\":\"known\"}", Map.of("admitted", 1, "duplicate", 1, "sized", 1, "bytes", 1)),
                Arguments.of(
                        "[{\"data\":1},{\"data\":2,\"id\":\"known\"}]",
                        Map.of("admitted", 2, "id-taken", 2, "sized", 2, "bytes", 2)),
                Arguments.of("{\"data\":1", Map.of("malformed", 1)),
                Arguments.of("[{\"data\":1},{}]", Map.of("malformed", 1)),
                Arguments.of(large, Map.of("too-large", 1)),
                Arguments.of(" ".repeat(100_000), Map.of("too-large", 1)),
                Arguments.of(
                        "[" + "{\"data\":1},".repeat(InMemoryProfile.MAX_BATCH_MESSAGES) + "{\"data\":1}]",
                        Map.of("too-large", 1)));
    }

    @Test
    void batch_isCountedByItsMessages() {
        // Given
        Map<String, Integer> before = countedSince(Map.of());

        // When
        Api.publishBatch("[{\"channel\":\"meters\",\"data\":1},{\"data\":1},{\"channel\":\"meters.b\",\"data\":22},"
                + "{\"channel\":\"meters\",\"data\":\"" + "x".repeat(InMemoryProfile.MAX_MESSAGE_BYTES) + "\"}]");

        // Then
        assertThat(countedSince(before))
                .isEqualTo(Map.of("admitted", 2, "malformed", 1, "too-large", 1, "stored", 2, "sized", 2, "bytes", 3));
    }

    @Test
    void whoeverMayNot_isCountedByTheReason() {
        // Given
        String key = Api.newKey("{\"other\":[\"publish\"]}");
        Map<String, Integer> before = countedSince(Map.of());

        // When
        int forbidden = send("{\"data\":1}", "Authorization", "Bearer " + key).statusCode();
        int unauthorized =
                send("{\"data\":1}", "Authorization", "Bearer nonsense").statusCode();

        // Then
        assertThat(forbidden).isEqualTo(403);
        assertThat(unauthorized).isEqualTo(401);
        assertThat(countedSince(before)).isEqualTo(Map.of("forbidden", 1, "unauthorized", 1));
    }

    @Test
    void brokerAway_isAdmittedAndFailed() {
        // Given
        broker.breakWith(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));
        Map<String, Integer> before = countedSince(Map.of());

        // When
        send("[{\"data\":1},{\"data\":2}]");

        // Then
        assertThat(countedSince(before)).isEqualTo(Map.of("admitted", 2, "failed", 2, "sized", 2, "bytes", 2));
    }

    @Test
    void publishesInHand_areMeasuredUntilTheyAreAnswered() throws Exception {
        // Given
        int places = InMemoryProfile.MAX_IN_FLIGHT;
        String body = "{\"data\":\"held\"}";
        Map<String, Integer> before = countedSince(Map.of());
        double secondsBefore = read(tagged("fanfare_publish_duration_seconds_sum", "stored"));
        int publishedBefore = broker.published().size();
        broker.hold();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> held = Collections.nCopies(places, body).stream()
                    .map(each -> callers.submit(() -> send(each)))
                    .toList();
            await().atMost(SOON).until(() -> broker.published().size() - publishedBefore == places);

            // When
            long heldAt = System.nanoTime();
            double inFlight = read("fanfare_publish_in_flight");
            double bytesInHand = read("fanfare_publish_bytes_in_hand_bytes");
            send(body);
            double leastSeconds = (System.nanoTime() - heldAt) / 1e9;
            broker.repair();
            for (Future<HttpResponse<String>> answer : held) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }

            // Then
            assertThat(inFlight).isEqualTo(places);
            assertThat(bytesInHand).isEqualTo((double) places * body.length());
            assertThat(countedSince(before))
                    .isEqualTo(Map.of(
                            "admitted",
                            places,
                            "stored",
                            places,
                            "overloaded",
                            1,
                            "sized",
                            places,
                            "bytes",
                            6 * places));
            assertThat(read(tagged("fanfare_publish_duration_seconds_sum", "stored")) - secondsBefore)
                    .isGreaterThanOrEqualTo(places * leastSeconds);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(read("fanfare_publish_in_flight")).isZero());
            assertThat(read("fanfare_publish_bytes_in_hand_bytes")).isZero();
        }
    }
}
