package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/// A client of the service under test.
public final class Api {

    /// The JSON of a capability that allows everything.
    public static final String EVERYTHING = "{\"*\":[\"subscribe\",\"publish\",\"presence\",\"history\",\"admin\"]}";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Api() {}

    public static URI address(String path) {
        return ConfigProvider.getConfig().getValue("test.url", URI.class).resolve(path);
    }

    public static HttpRequest.Builder post(String channel, String contentType, byte[] body) {
        return HttpRequest.newBuilder(address("/v1/channels/" + channel + "/messages"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body))
                .timeout(DEADLINE);
    }

    public static HttpResponse<String> publish(String channel, String json) {
        return send(post(channel, "application/json", json.getBytes(UTF_8)));
    }

    public static HttpResponse<String> publishBatch(String json) {
        return send(HttpRequest.newBuilder(address("/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .timeout(DEADLINE));
    }

    /// A new API key, as it is sent, which a stranger may make who may do everything.
    public static String newKey(String capability) {
        HttpResponse<String> made = send(HttpRequest.newBuilder(address("/v1/keys"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"a test\",\"capability\":" + capability + "}"))
                .timeout(DEADLINE));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.body().replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
    }

    public static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).timeout(DEADLINE));
    }

    /// Whether `seconds` is what `Retry-After` may say where the least of it is that of [InMemoryProfile].
    static void assertIsRetryAfter(String seconds) {
        assertThat(Integer.parseInt(seconds))
                .isBetween(InMemoryProfile.RETRY_AFTER_SECONDS, 3 * InMemoryProfile.RETRY_AFTER_SECONDS);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
