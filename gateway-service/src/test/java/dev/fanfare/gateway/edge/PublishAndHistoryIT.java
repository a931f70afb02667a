package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The actions `publish` and `history` of `docs/reference/protocol.md` against the real endpoint and a real Redis.
@QuarkusTest
@TestProfile(PublishAndHistoryIT.Allowed.class)
@QuarkusTestResource(GatewayRedis.class)
class PublishAndHistoryIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PIPELINED = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A client may have 1000 publishes in flight.
    public static final class Allowed implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fanfare.gateway.command.max-publishes-in-flight", String.valueOf(PIPELINED),
                    "fanfare.admission.max-in-flight-per-caller", String.valueOf(PIPELINED),
                    "fanfare.admission.max-in-flight", String.valueOf(PIPELINED),
                    "fanfare.channels.rules[0].pattern", "short.*",
                    "fanfare.channels.rules[0].history-size", "2",
                    "fanfare.channels.rules[1].pattern", "*",
                    "fanfare.channels.rules[1].history-size", "2000");
        }
    }

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MessagePublisher publisher;

    @Inject
    MeterRegistry registry;

    private final List<WebSocketProbe> probes = new ArrayList<>();
    private String channel = "unset";

    @BeforeEach
    void chooseChannel(TestInfo test) {
        channel = "p." + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void closeProbes() {
        probes.forEach(WebSocketProbe::close);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(gauge("fanfare.publish.in.flight") + gauge("fanfare.publish.bytes.in.hand"))
                                .isZero());
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private WebSocketProbe connect() {
        var probe = WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")));
        probes.add(probe);
        return probe;
    }

    private String request(String action, String fields) {
        return "{\"action\":\"" + action + "\",\"channel\":\"" + channel + "\"" + fields + "}";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first frame that `isWanted`, waited for.
    private static JsonNode awaitFrame(WebSocketProbe client, Predicate<JsonNode> isWanted) {
        return await().atMost(SOON)
                .until(
                        () -> client.frames().stream()
                                .map(PublishAndHistoryIT::json)
                                .filter(isWanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private JsonNode answer(WebSocketProbe client, String action, String fields, int id) {
        client.send(request(action, fields + ",\"id\":" + id));
        return awaitFrame(
                client, frame -> frame.path("id").isInt() && frame.path("id").asInt() == id);
    }

    @Test
    void published_reachesSubscribersByteForByteAndIsAcknowledged() {
        // Given
        WebSocketProbe subscriber = connect();
        subscriber.send(request("subscribe", ",\"id\":1"));
        subscriber.awaitFrames(1, SOON);
        WebSocketProbe client = connect();

        // When
        client.send(
                request(
                        "publish",
                        ",\"data\": {\"b\": 1.50,\"a\":1e400},\"messageId\":\"m1\",\"name\":\"n\",\"extras\":{\"x\":1},\"id\":\"q\""));
        String acknowledged = client.awaitFrames(1, SOON).getFirst();
        String delivered = subscriber.awaitFrames(2, SOON).get(1);

        // Then
        String epoch = json(acknowledged).path("epoch").asText();
        assertThat(acknowledged)
                .isEqualTo("{\"event\":\"published\",\"channel\":\"" + channel
                        + "\",\"id\":\"q\",\"messageId\":\"m1\",\"epoch\":\"" + epoch + "\",\"offset\":1}");
        assertThat(delivered)
                .startsWith("{\"channel\":\"" + channel + "\",\"message\":{\"b\": 1.50,\"a\":1e400},\"id\":\"m1\",")
                .endsWith(",\"name\":\"n\",\"extras\":{\"x\":1},\"epoch\":\"" + epoch + "\",\"offset\":1}");
    }

    @Test
    void sameMessageIdAgain_isADuplicateAtTheFirstPosition() {
        // Given
        WebSocketProbe client = connect();
        JsonNode first = answer(client, "publish", ",\"data\":1,\"messageId\":\"m\"", 1);

        // When
        JsonNode again = answer(client, "publish", ",\"data\":1,\"messageId\":\"m\"", 2);

        // Then
        assertThat(first.has("duplicate")).isFalse();
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("offset").asInt()).isEqualTo(1);
        assertThat(again.path("epoch")).isEqualTo(first.path("epoch"));
    }

    @Test
    void sameMessageIdForAnotherMessage_isRefusedWithoutAPromise() {
        // Given
        WebSocketProbe client = connect();
        answer(client, "publish", ",\"data\":1,\"messageId\":\"m\"", 1);

        // When
        JsonNode refused = answer(client, "publish", ",\"data\":2,\"messageId\":\"m\"", 2);

        // Then
        assertThat(refused.path("code").asInt()).isEqualTo(40901);
        assertThat(refused.toString()).doesNotContain("is safe");
        assertThat(answer(client, "publish", ",\"data\":3", 3).path("offset").asInt())
                .isEqualTo(2);
    }

    @Test
    void publishWithoutId_isStoredAndNotAcknowledged() {
        // Given
        WebSocketProbe client = connect();

        // When
        client.send(request("publish", ",\"data\":1"));
        JsonNode second = answer(client, "publish", ",\"data\":2", 1);

        // Then
        assertThat(second.path("offset").asInt()).isEqualTo(2);
        assertThat(client.frames()).hasSize(1);
    }

    @Test
    void pipelinedPublishes_areStoredInTheOrderSent() {
        // Given
        WebSocketProbe client = connect();

        // When
        for (int i = 1; i <= PIPELINED; i++) {
            client.send(request("publish", ",\"data\":" + i + ",\"id\":" + i));
        }
        List<String> answers = client.awaitFrames(PIPELINED, SOON);

        // Then
        assertThat(answers).hasSize(PIPELINED).allSatisfy(frame -> {
            JsonNode answer = json(frame);
            assertThat(answer.path("offset").asInt())
                    .isEqualTo(answer.path("id").asInt());
        });
        JsonNode page = answer(client, "history", ",\"direction\":\"forwards\",\"limit\":1000", 2000);
        assertThat(page.path("messages"))
                .extracting(message -> message.path("message").asInt())
                .isEqualTo(IntStream.rangeClosed(1, PIPELINED).boxed().toList());
    }

    @Test
    void dataUpToTheLimit_fitsIntoAFrameAndMoreIsRefused() {
        // Given
        WebSocketProbe client = connect();
        String escaped = "\\u00e9".repeat(128);
        String fields = ",\"messageId\":\"" + escaped + "\",\"name\":\"" + escaped + "\"";

        // When
        JsonNode largest = answer(client, "publish", ",\"data\":\"" + "x".repeat(65_534) + "\"" + fields, 1);
        JsonNode tooLarge = answer(client, "publish", ",\"data\":\"" + "x".repeat(65_535) + "\"" + fields, 2);

        // Then
        assertThat(largest.path("event").asText()).isEqualTo("published");
        assertThat(tooLarge.path("code").asInt()).isEqualTo(41300);
        assertThat(answer(client, "history", "", 3).path("messages")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            publish | ,"x":1                                      | 40006
            publish | ,"data":1,"messageId":7                     | 40006
            publish | ,"data":1,"encoding":"base64"               | 40006
            history | ,"direction":"sideways"                     | 40006
            history | ,"limit":0                                  | 40006
            history | ,"start":6,"end":5                          | 40006
            history | ,"from":{"epoch":"a","offset":1},"to":{"epoch":"b","offset":2} | 40006
            history | ,"from":{"epoch":"a","offset":2},"to":{"epoch":"a","offset":1} | 40006
            history | ,"from":{"epoch":"a","offset":2}            | 40900
            """)
    void wrongRequest_isRefusedWithItsCodeAndTheConnectionLivesOn(String action, String fields, int code) {
        // Given
        WebSocketProbe client = connect();

        // When
        JsonNode refusal = answer(client, action, fields, 1);

        // Then
        assertThat(refusal.path("code").asInt()).isEqualTo(code);
        client.send("{\"action\":\"ping\"}");
        assertThat(client.awaitFrames(2, SOON).get(1)).isEqualTo("{\"event\":\"pong\"}");
    }

    @Test
    void positionThatIsNotKept_isToldFromOneThatNeverWas() {
        // Given
        channel = "short.history";
        WebSocketProbe client = connect();
        String epoch = answer(client, "publish", ",\"data\":1", 1).path("epoch").asText();
        answer(client, "publish", ",\"data\":2", 2);
        answer(client, "publish", ",\"data\":3", 3);

        // When
        JsonNode tooOld = answer(client, "history", from(epoch, 0) + ",\"direction\":\"forwards\"", 4);
        JsonNode inFuture = answer(client, "history", from(epoch, 9), 5);

        // Then
        assertThat(tooOld.path("code").asInt()).isEqualTo(41000);
        assertThat(inFuture.path("code").asInt()).isEqualTo(40900);
    }

    private static String from(String epoch, long offset) {
        return ",\"from\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
    }

    @Test
    void channelOfWhichNothingIsKnown_isAnEmptyPageWithoutPosition() {
        // When
        JsonNode page = answer(connect(), "history", "", 1);

        // Then
        assertThat(page)
                .isEqualTo(json("{\"event\":\"history\",\"channel\":\"" + channel + "\",\"id\":1,\"messages\":[]}"));
    }

    @ParameterizedTest
    @CsvSource({"forwards", "backwards"})
    void pages_repeatNothingAndLeaveNothingOutWhilePublishingGoesOn(String direction) throws Exception {
        // Given
        WebSocketProbe client = connect();
        publish(1, 60);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(61, 300));

        // When
        List<Integer> seen = new ArrayList<>();
        JsonNode page = answer(client, "history", ",\"direction\":\"" + direction + "\",\"limit\":7", 1);
        int top = page.path("position").path("offset").asInt();
        for (int id = 2; true; id++) {
            page.path("messages")
                    .forEach(message -> seen.add(message.path("offset").asInt()));
            if (!page.has("next")) {
                break;
            }
            String fields = page.path("next").toString();
            page = answer(client, "history", "," + fields.substring(1, fields.length() - 1), id);
        }
        publishing.get();

        // Then
        List<Integer> forwards = IntStream.rangeClosed(1, top).boxed().toList();
        assertThat(top).isGreaterThanOrEqualTo(60);
        assertThat(seen).isEqualTo(direction.equals("forwards") ? forwards : forwards.reversed());
    }

    private void publish(int first, int last) {
        for (int i = first; i <= last; i++) {
            publisher
                    .publish(new Message(
                            new Channel(channel),
                            "id" + i,
                            RawJson.ofString("n" + i),
                            null,
                            null,
                            Instant.ofEpochMilli(i)))
                    .join();
        }
    }

    @Test
    void times_limitThePage() {
        // Given
        WebSocketProbe client = connect();
        publish(1, 9);

        // When
        JsonNode page = answer(client, "history", ",\"direction\":\"forwards\",\"start\":3,\"end\":5", 1);

        // Then
        assertThat(page.path("messages"))
                .extracting(message -> message.path("offset").asInt())
                .containsExactly(3, 4, 5);
    }

    @Test
    void page_staysWellUnderWhatMayWaitForAClient() {
        // Given
        WebSocketProbe client = connect();
        String large = ",\"data\":\"" + "x".repeat(60_000) + "\"";
        for (int i = 1; i <= 8; i++) {
            assertThat(answer(client, "publish", large, i).has("offset")).isTrue();
        }

        // When
        JsonNode page = answer(client, "history", ",\"limit\":8", 9);

        // Then
        assertThat(page.path("messages")).hasSize(4);
        assertThat(page.has("next")).isTrue();
    }
}
