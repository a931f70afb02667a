package dev.fanfare.e2e.installation;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a test says to the gateway and reads from it.
public final class Frames {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Frames() {}

    /// The tutorial's request.
    public static String subscribe(String channel) {
        return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\"}";
    }

    /// The request with an id, which the gateway answers.
    public static String subscribe(String channel, String id) {
        return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\",\"id\":\"" + id + "\"}";
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    /// All frames that a client has received.
    public static List<JsonNode> received(WebSocketProbe client) {
        return client.frames().stream().map(Frames::parse).toList();
    }

    /// The `message` of each publication that a client has received.
    public static List<JsonNode> messages(WebSocketProbe client) {
        return received(client).stream()
                .filter(frame -> frame.has("message"))
                .map(frame -> frame.get("message"))
                .toList();
    }

    /// Subscribes and waits until the gateway says that the subscription is live.
    public static void subscribeAndAwait(WebSocketProbe client, String channel) {
        client.send(subscribe(channel, "s-" + channel));
        awaitFrame(
                client,
                frame -> "subscribed".equals(frame.path("event").asText())
                        && channel.equals(frame.path("channel").asText()));
    }

    /// Waits up to ten seconds for a frame of a kind.
    public static JsonNode awaitFrame(WebSocketProbe client, Predicate<JsonNode> kind) {
        return await().alias("a frame of the wanted kind")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> received(client).stream().filter(kind).findFirst(), Optional::isPresent)
                .orElseThrow();
    }
}
