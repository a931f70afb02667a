package dev.fanfare.e2e.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A caller of the publish API, as a backend would be.
public final class PublishApi {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess publisher;

    public PublishApi(ServiceProcess publisher) {
        this.publisher = publisher;
    }

    /// What it answered.
    public record Answer(int status, JsonNode body) {}

    /// Publishes `data`, a JSON value.
    public Answer publish(String channel, String data) {
        return post(channel, "{\"data\":" + data + "}");
    }

    /// Publishes `data`, a JSON value, under an id.
    public Answer publish(String channel, String data, String id) {
        return post(channel, "{\"data\":" + data + ",\"id\":\"" + id + "\"}");
    }

    private Answer post(String channel, String body) {
        HttpRequest request = HttpRequest.newBuilder(publisher.http("/v1/channels/" + channel + "/messages"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), Frames.parse(response.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
