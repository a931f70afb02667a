package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The protocol of `docs/reference/protocol.md` against the real endpoint and a real Redis.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class GatewaySocketIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MessagePublisher publisher;

    private final List<WebSocketProbe> probes = new ArrayList<>();
    private Channel channel = new Channel("unset");
    private int published;

    @BeforeEach
    void chooseChannel(TestInfo test) {
        channel = new Channel("c." + test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void closeProbes() {
        probes.forEach(WebSocketProbe::close);
    }

    private WebSocketProbe connect(String... subprotocols) {
        var probe = WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")), subprotocols);
        probes.add(probe);
        return probe;
    }

    private static String subscribe(Channel channel, String more) {
        return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\"" + more + "}";
    }

    private PublishOutcome.Stored publish(String json) throws Exception {
        var data = RawJson.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var message = new Message(channel, "id" + published++, data, null, null, Instant.ofEpochMilli(published));
        return (PublishOutcome.Stored) publisher.publish(message).get();
    }

    private static void awaitInterest(Channel channel, int interested) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(subscribers(channel)).isEqualTo(interested));
    }

    private static long subscribers(Channel channel) {
        Object answer = GatewayRedis.redis().execute("PUBSUB", "NUMSUB", channel.name());
        return answer instanceof List<?> pair && pair.get(1) instanceof Long count ? count : -1;
    }

    @Test
    void tutorialClient_getsMessagesAndNothingElse() throws Exception {
        // Given
        WebSocketProbe client = connect();
        client.send(subscribe(channel, ""));
        awaitInterest(channel, 1);

        // When
        GatewayRedis.redis().execute("PUBLISH", channel.name(), "hello \"you\"");
        List<String> frames = client.awaitFrames(1, SOON);

        // Then
        assertThat(frames).containsExactly("{\"channel\":\"" + channel + "\",\"message\":\"hello \\\"you\\\"\"}");
    }

    @Test
    void storedMessage_arrivesWithItsDataAndPosition() throws Exception {
        // Given
        WebSocketProbe client = connect();
        client.send(subscribe(channel, ",\"id\":\"s\""));
        client.awaitFrames(1, SOON);

        // When
        var stored = publish("{\"a\": 1e400}");
        List<String> frames = client.awaitFrames(2, SOON);

        // Then
        assertThat(frames.get(1))
                .isEqualTo("{\"channel\":\"" + channel + "\",\"message\":{\"a\": 1e400},\"id\":\"id0\",\"timestamp\":1,"
                        + "\"epoch\":\"" + stored.position().epoch() + "\",\"offset\":1}");
    }

    @Test
    void subscribeWithId_isAcknowledgedWithThePosition() throws Exception {
        // Given
        var stored = publish("1");
        WebSocketProbe client = connect();

        // When
        client.send(subscribe(channel, ",\"id\":7"));
        List<String> frames = client.awaitFrames(1, SOON);

        // Then
        assertThat(frames.getFirst())
                .isEqualTo("{\"event\":\"subscribed\",\"channel\":\"" + channel + "\",\"id\":7,\"epoch\":\""
                        + stored.position().epoch() + "\",\"offset\":1,\"recovered\":false}");
    }

    @Test
    void unsubscribe_endsTheDelivery() throws Exception {
        // Given
        WebSocketProbe client = connect();
        client.send(subscribe(channel, ",\"id\":1"));
        client.awaitFrames(1, SOON);

        // When
        client.send("{\"action\":\"unsubscribe\",\"channel\":\"" + channel + "\",\"id\":2}");
        client.awaitFrames(2, SOON);
        publish("1");
        client.send("{\"action\":\"ping\",\"id\":3}");
        List<String> frames = client.awaitFrames(3, SOON);

        // Then
        assertThat(frames.get(1)).isEqualTo("{\"event\":\"unsubscribed\",\"channel\":\"" + channel + "\",\"id\":2}");
        assertThat(frames.get(2)).isEqualTo("{\"event\":\"pong\",\"id\":3}");
    }

    @Test
    void pingWithoutId_isAnswered() {
        // Given
        WebSocketProbe client = connect();

        // When
        client.send("{\"action\":\"ping\"}");

        // Then
        assertThat(client.awaitFrames(1, SOON)).containsExactly("{\"event\":\"pong\"}");
    }

    @Test
    void clientThatOffersTheSubprotocol_isWelcomed() {
        // Given, When
        WebSocketProbe client = connect("fanfare.v1");

        // Then
        assertThat(client.subprotocol()).isEqualTo("fanfare.v1");
        assertThat(client.awaitFrames(1, SOON).getFirst()).startsWith("{\"event\":\"welcome\",\"connectionId\":\"");
    }

    @Test
    void lastUnsubscribeOrDisconnect_dropsTheInterestAtRedis() {
        // Given
        WebSocketProbe stays = connect();
        WebSocketProbe leaves = connect();
        WebSocketProbe dies = connect();
        for (WebSocketProbe client : List.of(stays, leaves, dies)) {
            client.send(subscribe(channel, ",\"id\":1"));
            client.awaitFrames(1, SOON);
        }

        // When
        leaves.close();
        dies.abort();
        assertThat(subscribers(channel)).isEqualTo(1);
        stays.send("{\"action\":\"unsubscribe\",\"channel\":\"" + channel + "\"}");

        // Then
        awaitInterest(channel, 0);
    }

    @Test
    void resume_deliversWhatWasMissedAndThenLive() throws Exception {
        // Given
        var first = publish("1");
        publish("2");
        publish("3");
        String recover =
                ",\"id\":1,\"recover\":{\"epoch\":\"" + first.position().epoch() + "\",\"offset\":1}";
        WebSocketProbe client = connect();

        // When
        client.send(subscribe(channel, recover));
        client.awaitFrames(3, SOON);
        publish("4");
        List<String> frames = client.awaitFrames(4, SOON);

        // Then
        assertThat(frames.get(0)).contains("\"recovered\":true", "\"offset\":3");
        assertThat(frames.subList(1, 4)).map(GatewaySocketIT::message).containsExactly("2", "3", "4");
    }

    @Test
    void rewind_deliversTheNewest() throws Exception {
        // Given
        for (int i = 1; i <= 5; i++) {
            publish(String.valueOf(i));
        }
        WebSocketProbe client = connect();

        // When
        client.send(subscribe(channel, ",\"id\":1,\"rewind\":2"));
        List<String> frames = client.awaitFrames(3, SOON);

        // Then
        assertThat(frames.subList(1, 3)).map(GatewaySocketIT::message).containsExactly("4", "5");
    }

    @Test
    void rewindBeyondTheLimit_isRefused() {
        // Given
        WebSocketProbe client = connect();

        // When
        client.send(subscribe(channel, ",\"id\":1,\"rewind\":1001"));

        // Then
        assertThat(client.awaitFrames(1, SOON).getFirst()).contains("\"code\":40008", "\"id\":1");
    }

    @Test
    void moreSubscriptionsThanAllowed_areRefused() {
        // Given
        WebSocketProbe client = connect();
        for (int i = 0; i < 1000; i++) {
            client.send(subscribe(new Channel(channel + "." + i), ""));
        }

        // When
        client.send(subscribe(channel, ",\"id\":9"));
        List<String> frames = client.awaitFrames(1, SOON);

        // Then
        assertThat(frames.getFirst()).contains("\"code\":42901", "\"id\":9");
    }

    private static String message(String frame) {
        return frame.replaceAll(".*\"message\":([^,]*),.*", "$1");
    }
}
