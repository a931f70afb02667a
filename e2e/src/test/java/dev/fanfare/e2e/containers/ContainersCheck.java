package dev.fanfare.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.ResumingClient;
import dev.fanfare.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./dev images` builds and `docker compose up` runs: it serves through NGINX only, survives the end of a
/// gateway, and
/// has no more rights than it needs.
class ContainersCheck {

    private static final Duration SOON = Duration.ofSeconds(30);
    /// Fewer after the kill than the 100 that a channel keeps, so that who comes back late misses nothing either.
    private static final int MESSAGES = 120;

    private static final int KILL_AFTER = 40;
    private static final int CLIENTS = 10;
    private static final int STORED = 201;

    /// The whole of a native image, and of one with a JVM, a runtime of 60 MB and its cache of classes: 100 MB, 250 MB.
    private static final long MAX_NATIVE_BYTES = 100_000_000;

    private static final long MAX_JVM_BYTES = 250_000_000;

    @RegisterExtension
    static final ComposeProject FANFARE = new ComposeProject();

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({
        "/,                     200",
        "/demo/app.js,          200",
        "/q/metrics,            404",
        "/q/health,             404",
        "/drain,                404",
        "/v1/channels,          404"
    })
    void port8080_servesThePageAndNothingInternal(String path, int status) {
        // When
        int answered = get(FANFARE.client("http", path)).status();

        // Then
        assertThat(answered).isEqualTo(status);
    }

    @Test
    void visitor_receivesTheSpaceStation() {
        // Given
        try (WebSocketProbe visitor = WebSocketProbe.connect(FANFARE.client("ws", "/ws"))) {
            // When
            visitor.send(Frames.subscribe("iss.telemetry"));

            // Then
            await().atMost(SOON)
                    .until(() -> Frames.messages(visitor).stream()
                                    .filter(message -> message.has("iss_position"))
                                    .count()
                            >= 3);
        }
    }

    @Test
    void stranger_mayUseTheDemoChannelsOnly() {
        // Given
        try (WebSocketProbe stranger = WebSocketProbe.connect(FANFARE.client("ws", "/ws"))) {
            // When
            stranger.send(Frames.subscribe("orders.42", "s1"));
            int demo = publish("demo.open", 1);
            int orders = publish("orders.42", 1);

            // Then
            JsonNode refusal = Frames.awaitFrame(stranger, frame -> frame.has("error"));
            assertThat(refusal.path("id").asText()).isEqualTo("s1");
            assertThat(demo).isEqualTo(STORED);
            assertThat(orders).isIn(401, 403);
        }
    }

    @Test
    void gatewayKilled_clientsResumeAtTheOtherWithoutLossOrRepetition() {
        // Given
        String channel = "demo.resume";
        List<String> gateways = FANFARE.containers("gateway");
        List<Connected> clients = IntStream.range(0, CLIENTS)
                .mapToObj(_ -> new Connected(new ResumingClient(http, channel), FANFARE.client("ws", "/ws")))
                .toList();
        clients.forEach(Connected::begin);
        await().atMost(SOON).until(() -> clients.stream().allMatch(each -> each.subscribed() == 1));

        // When
        for (int number = 1; number <= MESSAGES; number++) {
            assertThat(publish(channel, number)).isEqualTo(STORED);
            if (number == KILL_AFTER) {
                FANFARE.docker("kill", gateways.getFirst());
            }
        }

        // Then
        try {
            await().atMost(SOON).until(() -> clients.stream().allMatch(each -> each.client.newest() == MESSAGES));
            List<Integer> everything =
                    IntStream.rangeClosed(1, MESSAGES).boxed().toList();
            assertThat(clients).allSatisfy(each -> assertThat(each.received()).isEqualTo(everything));
            assertThat(clients)
                    .as("clients of the gateway that was killed")
                    .anyMatch(each -> each.subscribed() > 1)
                    .as("clients of the other")
                    .anyMatch(each -> each.subscribed() == 1);
            assertThat(clients).allMatch(Connected::lostNothing);
        } finally {
            clients.forEach(Connected::end);
            FANFARE.docker("start", gateways.getFirst());
            await().atMost(SOON).until(() -> FANFARE.isHealthy(gateways.getFirst()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "publisher", "telemetry"})
    void service_runsWithoutRootAndWritesNowhere(String service) {
        // Given
        String container = FANFARE.containers(service).getFirst();

        // When
        JsonNode known = FANFARE.inspect(container);

        // Then
        assertThat(known.at("/Config/User").asText()).isEqualTo("10001:10001");
        assertThat(known.at("/HostConfig/ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(known.at("/HostConfig/CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(known.at("/HostConfig/SecurityOpt").toString()).contains("no-new-privileges:true");
        // The gateway's demo page is unpacked there.
        assertThat(known.at("/HostConfig/Tmpfs").fieldNames())
                .toIterable()
                .isEqualTo(service.equals("gateway") ? List.of("/tmp") : List.of());
        assertThat(known.get("Mounts").isEmpty()).isTrue();
        assertThat(FANFARE.run("exec", container, "/bin/sh", "-c", "true").code())
                .isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "publisher", "telemetry"})
    void image_isSmallAndSaysWhatItIs(String service) {
        // Given
        String container = FANFARE.containers(service).getFirst();

        // When
        JsonNode image = FANFARE.image(container);

        // Then
        boolean isNative = ComposeProject.kind().equals("native");
        assertThat(image.get("Size").asLong()).isLessThanOrEqualTo(isNative ? MAX_NATIVE_BYTES : MAX_JVM_BYTES);
        JsonNode labels = image.at("/Config/Labels");
        assertThat(labels.path("org.opencontainers.image.revision").asText()).matches("[0-9a-f]{12}(-dirty)?");
        assertThat(labels.path("org.opencontainers.image.title").asText()).startsWith("fanfare/" + service);
        JsonNode bill = Frames.parse(FANFARE.file(container, "/app/sbom.cdx.json"));
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.get("components").size()).isGreaterThan(50);
    }

    @Test
    void prometheus_findsEveryInstanceAndTakesTheRules() {
        // When, Then
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode targets = get(FANFARE.prometheus("/api/v1/targets")).json().at("/data/activeTargets");
            assertThat(elements(targets)
                            .map(target -> target.at("/labels/job").asText() + " "
                                    + target.get("health").asText()))
                    .containsExactlyInAnyOrder(
                            "gateway-service up", "gateway-service up", "publisher-service up", "telemetry-ingest up");
        });
        assertThat(get(FANFARE.prometheus("/api/v1/rules")).json().at("/data/groups"))
                .isNotEmpty();
    }

    @Test
    void nginxAndPrometheus_areAllThatIsReachable_andOnlyFromHere() {
        // When
        Set<String> published = new TreeSet<>();
        for (String service : List.of("redis", "gateway", "publisher", "telemetry", "nginx", "prometheus")) {
            for (String container : FANFARE.containers(service)) {
                elements(FANFARE.inspect(container).at("/NetworkSettings/Ports"))
                        .flatMap(ContainersCheck::elements)
                        .forEach(port ->
                                published.add(service + " " + port.get("HostIp").asText()));
            }
        }

        // Then
        assertThat(published).containsExactly("nginx 127.0.0.1", "prometheus 127.0.0.1");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private record Answer(int status, String body) {
        JsonNode json() {
            return Frames.parse(body);
        }
    }

    private Answer get(URI uri) {
        return answer(HttpRequest.newBuilder(uri));
    }

    private int publish(String channel, int number) {
        return answer(HttpRequest.newBuilder(FANFARE.publisher("/v1/channels/" + channel + "/messages"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"data\":" + number + "}")))
                .status();
    }

    private Answer answer(HttpRequest.Builder request) {
        try {
            var response = http.send(request.timeout(SOON).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
