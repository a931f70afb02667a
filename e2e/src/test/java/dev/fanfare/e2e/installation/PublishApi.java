package dev.fanfare.e2e.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// A caller of the publish API, as a backend would be.
public final class PublishApi {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess publisher;
    private final Duration answerWithin;

    public PublishApi(ServiceProcess publisher) {
        this(publisher, PATIENCE);
    }

    /// @param answerWithin after which a request has no answer
    public PublishApi(ServiceProcess publisher, Duration answerWithin) {
        this.publisher = publisher;
        this.answerWithin = answerWithin;
    }

    /// What it answered.
    public record Answer(int status, JsonNode body) {}

    /// Publishes `data`, a JSON value.
    public Answer publish(String channel, String data) {
        return post(channel, "{\"data\":" + data + "}");
    }

    /// Publishes `data`, a JSON value, under an id.
    public Answer publish(String channel, String data, String id) {
        return post(channel, body(data, id));
    }

    /// Publishes `data`, a JSON value, as a step of the caller's trace.
    public Answer publishTraced(String channel, String data, String traceParent) {
        HttpRequest traced = HttpRequest.newBuilder(request(channel, "{\"data\":" + data + "}"), (_, _) -> true)
                .header("traceparent", traceParent)
                .build();
        return answered(traced);
    }

    /// Publishes `data`, a JSON value, under an id, to an instance that may be down or frozen.
    ///
    /// @return the answer, empty when there is none
    public Optional<Answer> tryPublish(String channel, String data, String id) {
        try {
            return Optional.of(send(request(channel, body(data, id))));
        } catch (IOException notAnswered) {
            return Optional.empty();
        }
    }

    /// A page of the past of `channel`.
    ///
    /// @param query the parameters, as in `limit=2`
    public JsonNode history(String channel, String query) {
        HttpRequest request = HttpRequest.newBuilder(publisher.http("/v1/channels/" + channel + "/messages?" + query))
                .timeout(answerWithin)
                .build();
        try {
            return send(request).body();
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.uri(), e);
        }
    }

    private Answer post(String channel, String body) {
        return answered(request(channel, body));
    }

    private Answer answered(HttpRequest request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.uri(), e);
        }
    }

    private static String body(String data, String id) {
        return "{\"data\":" + data + ",\"id\":\"" + id + "\"}";
    }

    private HttpRequest request(String channel, String body) {
        return HttpRequest.newBuilder(publisher.http("/v1/channels/" + channel + "/messages"))
                .timeout(answerWithin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), Frames.parse(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
