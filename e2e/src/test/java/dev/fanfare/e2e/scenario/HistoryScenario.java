package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.awaitFrame;
import static dev.fanfare.e2e.installation.Frames.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The past of channels, on one topology of Redis. What a subscription may start with: the past from a position,
/// the newest messages, or neither with a clear answer. And that it is the same past whichever way it is read. The
/// client asks a gateway that has not seen the channel.
abstract class HistoryScenario {

    /// A channel of each lies on every primary of a cluster.
    private static final int CHANNELS = 12;

    private static final int KEPT_OF_SHORT = 5;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private PublishApi api;
    private WebSocketProbe client;

    abstract Fanfare fanfare();

    static Fanfare installationOn(RedisTopology topology) {
        var builder = Fanfare.of().on(topology).gateways(2).publishers(1);
        for (Service service : List.of(Service.GATEWAY, Service.PUBLISHER)) {
            builder.setting(service, "fanfare.channels.rules[0].pattern", "short.*")
                    .setting(service, "fanfare.channels.rules[0].history-size", String.valueOf(KEPT_OF_SHORT))
                    .setting(service, "fanfare.channels.rules[1].pattern", "ephemeral.*")
                    .setting(service, "fanfare.channels.rules[1].history-size", "0");
        }
        return builder.build();
    }

    @BeforeEach
    void connect() {
        api = new PublishApi(fanfare().publisher());
        client = fanfare().connect(fanfare().all(Service.GATEWAY).getLast());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void recover_deliversWhatWasMissedInOrderAndThenLive() {
        // Given
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "recover." + i).toList();
        for (String channel : channels) {
            JsonNode first = publish(channel, 1, 1);
            publish(channel, 2, 4);

            // When
            JsonNode answer = subscribe(channel, recover(first.path("epoch").asText(), 1));

            // Then
            assertThat(answer.path("recovered").asBoolean()).isTrue();
            assertThat(answer.path("offset").asLong()).isEqualTo(4);
        }
        channels.forEach(channel -> publish(channel, 5, 6));
        channels.forEach(channel -> awaitMessages(channel, 2, 6));
    }

    @Test
    void recoverFromTheNewest_deliversOnlyWhatComes() {
        // Given
        JsonNode newest = publish("recover.newest", 1, 3);

        // When
        JsonNode answer =
                subscribe("recover.newest", recover(newest.path("epoch").asText(), 3));

        // Then
        assertThat(answer.path("recovered").asBoolean()).isTrue();
        publish("recover.newest", 4, 4);
        awaitMessages("recover.newest", 4, 4);
    }

    @Test
    void recoverOfMoreThanIsKept_isNotRecoveredAndHasNoBacklog() {
        // Given
        JsonNode newest = publish("short.old", 1, KEPT_OF_SHORT + 3);

        // When
        JsonNode answer = subscribe("short.old", recover(newest.path("epoch").asText(), 1));

        // Then
        assertIsAnew("short.old", answer, KEPT_OF_SHORT + 3);
    }

    @Test
    void recoverFromAnotherEpoch_isNotRecoveredAtOnce() {
        // Given
        publish("recover.epoch", 1, 3);

        // When
        JsonNode answer = subscribe("recover.epoch", recover("0therOne", 1));

        // Then
        assertIsAnew("recover.epoch", answer, 3);
    }

    @Test
    void recoverFromTheFuture_isNotRecoveredAtOnce() {
        // Given
        JsonNode newest = publish("recover.future", 1, 3);

        // When
        JsonNode answer =
                subscribe("recover.future", recover(newest.path("epoch").asText(), 9));

        // Then
        assertIsAnew("recover.future", answer, 3);
    }

    @Test
    void rewindByCount_deliversTheNewest() {
        // Given
        publish("rewind.count", 1, 8);

        // When
        JsonNode answer = subscribe("rewind.count", "\"rewind\":3");

        // Then
        assertThat(answer.path("recovered").asBoolean()).isTrue();
        publish("rewind.count", 9, 9);
        awaitMessages("rewind.count", 6, 9);
    }

    @Test
    void rewindByAge_deliversWhatIsYoungEnough() {
        // Given
        publish("rewind.age", 1, 4);

        // When
        JsonNode answer = subscribe("rewind.age", "\"rewind\":\"2m\"");

        // Then
        assertThat(answer.path("recovered").asBoolean()).isTrue();
        publish("rewind.age", 5, 5);
        awaitMessages("rewind.age", 1, 5);
    }

    @Test
    void channelThatKeepsNothing_saysSo() {
        // Given
        JsonNode newest = publish("ephemeral.a", 1, 2);

        // When
        JsonNode answer = subscribe("ephemeral.a", recover(newest.path("epoch").asText(), 1));

        // Then
        assertThat(answer.path("ephemeral").asBoolean()).isTrue();
        assertIsAnew("ephemeral.a", answer, 2);
    }

    @Test
    void messagesOfBothWays_areAlikeInBothHistories() {
        // Given
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "alike." + i).toList();
        for (String channel : channels) {
            JsonNode first = publish(channel, 1, 1);

            // When
            JsonNode second = ask("publish", channel, ",\"data\":{\"n\": 2.0},\"messageId\":\"w2\",\"name\":\"n\"");
            publish(channel, 3, 3);
            JsonNode overHttp = api.history(channel, "direction=forwards&limit=2");
            JsonNode overWebSocket = ask("history", channel, ",\"direction\":\"forwards\",\"limit\":2");

            // Then
            assertThat(second.path("epoch")).isEqualTo(first.path("epoch"));
            assertThat(second.path("offset").asInt()).isEqualTo(2);
            assertThat(overWebSocket.path("position")).isEqualTo(overHttp.path("position"));
            assertThat(overWebSocket.path("messages")).isEqualTo(overHttp.path("messages"));
            assertThat(overHttp.path("messages")).hasSize(2);
            JsonNode ofWebSocket = overHttp.path("messages").path(1);
            assertThat(ofWebSocket.path("id").asText()).isEqualTo("w2");
            assertThat(ofWebSocket.path("name").asText()).isEqualTo("n");
            assertThat(ofWebSocket.path("message").toString()).isEqualTo("{\"n\":2.0}");
            assertThat(overHttp.path("messages").path(0).path("message").asInt())
                    .isEqualTo(1);
            assertThat(overHttp.path("position").path("offset").asInt()).isEqualTo(3);
            assertThat(overWebSocket.path("next").path("from").path("offset").asInt())
                    .isEqualTo(2);
        }
    }

    private JsonNode ask(String action, String channel, String fields) {
        String id = action + "-" + channel;
        client.send(
                "{\"action\":\"" + action + "\",\"channel\":\"" + channel + "\",\"id\":\"" + id + "\"" + fields + "}");
        return awaitFrame(client, frame -> frame.path("id").asText().equals(id));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            '"channel":"a","recover":{"epoch":"k3Jd02Xy","offset":-1}', 40006
            '"channel":"a","recover":{"epoch":"k3Jd02Xy"}', 40006
            '"channel":"a","recover":{"epoch":"k3Jd02Xy","offset":1},"rewind":1', 40006
            '"channel":"a","rewind":0', 40006
            '"channel":"a","rewind":"2 minutes"', 40006
            '"channel":7', 40007
            '"channel":["a"]', 40007
            '"channel":"a","rewind":1001', 40008
            """)
    void wrongRequest_isRefusedWithItsCodeAndTheConnectionLivesOn(String fields, int code) {
        // When
        client.send("{\"action\":\"subscribe\",\"id\":1," + fields + "}");

        // Then
        JsonNode refusal = awaitFrame(client, frame -> frame.has("code"));
        assertThat(refusal.path("code").asInt()).isEqualTo(code);
        assertThat(refusal.path("id").asInt()).isEqualTo(1);
        client.send("{\"action\":\"ping\"}");
        awaitFrame(client, frame -> frame.path("event").asText().equals("pong"));
    }

    private static String recover(String epoch, long offset) {
        return "\"recover\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
    }

    /// Publishes each number from `first` to `last`; returns the last answer.
    private JsonNode publish(String channel, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> api.publish(channel, String.valueOf(number)))
                .peek(answer -> assertThat(answer.status()).isEqualTo(201))
                .reduce((_, later) -> later)
                .orElseThrow()
                .body();
    }

    private JsonNode subscribe(String channel, String start) {
        client.send("{\"action\":\"subscribe\",\"channel\":\"" + channel + "\",\"id\":1," + start + "}");
        return awaitFrame(
                client,
                frame -> frame.path("event").asText().equals("subscribed")
                        && frame.path("channel").asText().equals(channel));
    }

    /// Nothing of the past comes after `answer`, which names `offset`, but what is published next.
    private void assertIsAnew(String channel, JsonNode answer, int offset) {
        assertThat(answer.path("recovered").asBoolean()).isFalse();
        assertThat(answer.path("offset").asInt()).isEqualTo(offset);
        publish(channel, offset + 1, offset + 1);
        awaitMessages(channel, offset + 1, offset + 1);
    }

    /// Waits for message `last`, before which exactly those from `first` on have come.
    private void awaitMessages(String channel, int first, int last) {
        List<Integer> expected = IntStream.rangeClosed(first, last).boxed().toList();
        await().atMost(TEN_SECONDS)
                .untilAsserted(() -> assertThat(messages(channel)).endsWith(last));
        assertThat(messages(channel)).isEqualTo(expected);
        assertThat(offsets(channel)).isEqualTo(expected);
    }

    private List<Integer> messages(String channel) {
        return numbers(channel, "message");
    }

    private List<Integer> offsets(String channel) {
        return numbers(channel, "offset");
    }

    private List<Integer> numbers(String channel, String field) {
        return received(client).stream()
                .filter(frame ->
                        frame.has("message") && frame.path("channel").asText().equals(channel))
                .map(frame -> frame.path(field).asInt())
                .toList();
    }
}
