package dev.fanfare.e2e.installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A Prometheus that scrapes an installation every second, with our rules; as a JUnit extension behind it.
///
/// Each instance gets the label `namespace="e2e"`.
public final class Prometheus implements BeforeAllCallback, AfterAllCallback {

    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.next();
    private final Fanfare fanfare;
    private @Nullable Process process;

    private Prometheus(Fanfare fanfare) {
        this.fanfare = fanfare;
    }

    /// Of all instances of `fanfare`, which is started before.
    public static Prometheus watching(Fanfare fanfare) {
        return new Prometheus(fanfare);
    }

    /// Starts it and waits until it has scraped every instance once.
    @Override
    public void beforeAll(ExtensionContext context) {
        List<String> targets = new ArrayList<>();
        for (Service service : Service.values()) {
            fanfare.all(service).forEach(each -> targets.add(each.http("").getAuthority()));
        }
        try {
            Path folder = Checkout.target().resolve("prometheus");
            Files.createDirectories(folder);
            Path config = folder.resolve("prometheus.json");
            Files.writeString(config, JSON.writeValueAsString(configuration(targets)));
            process = launch(folder, config);
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus cannot be started: ./dev setup says how to install it", e);
        }
        await().atMost(START_WITHIN)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> query("up == 1").size() == targets.size());
    }

    private Process launch(Path folder, Path config) throws IOException {
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + Files.createTempDirectory(folder, "data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /// JSON is YAML.
    private static Map<String, Object> configuration(List<String> targets) {
        return Map.of(
                "global", Map.of("scrape_interval", "1s", "scrape_timeout", "1s", "evaluation_interval", "1s"),
                "rule_files",
                        List.of(Checkout.root()
                                .resolve("observability/rules/*.yml")
                                .toString()),
                "scrape_configs",
                        List.of(Map.of(
                                "job_name", "fanfare",
                                "metrics_path", "/q/metrics",
                                "static_configs",
                                        List.of(Map.of("targets", targets, "labels", Map.of("namespace", "e2e"))))));
    }

    /// The series that `expression` has now.
    ///
    /// @throws AssertionError when it is not PromQL, or cannot be evaluated
    public JsonNode query(String expression) {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8))
                .path("result");
    }

    /// All rules, with their health.
    public List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        get("/api/v1/rules").path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(ANSWER_WITHIN)
                    .build();
            JsonNode answer =
                    JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(answer.path("error").asText());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The alerts that are pending or fire, by name, without those of `but`.
    public List<String> alerts(String... but) {
        List<String> names = new ArrayList<>();
        String others = List.of(but).stream().collect(joining("|"));
        query("count by (alertname) (ALERTS{alertname!~\"" + others + "\"})")
                .forEach(each -> names.add(each.path("metric").path("alertname").asText()));
        return names;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(5, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
