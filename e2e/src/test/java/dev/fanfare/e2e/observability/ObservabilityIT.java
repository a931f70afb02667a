package dev.fanfare.e2e.observability;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.e2e.installation.Checkout;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Prometheus;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.e2e.observability.Dashboard.Query;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real Prometheus watches a running installation: every query of a dashboard and every rule has an answer, and
/// alerts tell the truth.
class ObservabilityIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    /// Publishing takes longer than some scrapes, or rates would have nothing to compare.
    private static final Duration LOAD = Duration.ofSeconds(8);

    /// What a native executable has only in part.
    private static final Pattern OF_A_JVM = Pattern.compile("\\b(jvm|process)_");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Tokens TOKENS = Tokens.issuedBy("e2e");

    @Order(1)
    @RegisterExtension
    static final Fanfare FANFARE = withIssuer(
                    Fanfare.of().gateways(2).publishers(1).pollers(1))
            .setting(Service.PUBLISHER, "quarkus.log.console.json.enabled", "true")
            .quickToStart()
            .build();

    @Order(2)
    @RegisterExtension
    static final Prometheus PROMETHEUS = Prometheus.watching(FANFARE);

    /// So that there is one whose keys have an age.
    private static Fanfare.Builder withIssuer(Fanfare.Builder builder) {
        for (Service service : List.of(Service.GATEWAY, Service.PUBLISHER)) {
            builder.setting(service, "fanfare.access.issuers.e2e.issuer", TOKENS.issuer())
                    .setting(service, "fanfare.access.issuers.e2e.audience", Tokens.AUDIENCE)
                    .setting(
                            service,
                            "fanfare.access.issuers.e2e.secret-file",
                            TOKENS.secretFile().toString());
        }
        return builder;
    }

    @BeforeAll
    static void putUnderLoad() {
        var publisher = new PublishApi(FANFARE.publisher());
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "observed");
            long until = System.nanoTime() + LOAD.toNanos();
            int published = 0;
            while (System.nanoTime() < until) {
                publisher.publish("observed", Integer.toString(++published));
                FANFARE.publisher().isReady();
            }
            int all = published;
            await().atMost(SOON).until(() -> messages(client).size() == all);
        }
    }

    private static String problemOf(Query query) {
        try {
            return PROMETHEUS.query(query.ofAll()).isEmpty() ? "no data" : "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void dashboardQueries_allHaveData() {
        // Given
        List<Query> queries = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                // Where nothing is wrong no alert is there.
                .filter(query -> !query.expression().startsWith("ALERTS"))
                .filter(query -> !Checkout.isNative()
                        || !OF_A_JVM.matcher(query.expression()).find())
                .toList();

        // When
        Stream<String> problems = queries.stream()
                .filter(query -> !problemOf(query).isEmpty())
                .map(query -> query + ": " + problemOf(query));

        // Then
        assertThat(queries).hasSizeGreaterThan(100);
        assertThat(problems).isEmpty();
    }

    @Test
    void rules_areAllEvaluated() {
        // When
        List<JsonNode> rules = PROMETHEUS.rules();

        // Then
        assertThat(rules)
                .hasSize(RuleFile.all().stream()
                        .mapToInt(file -> file.rules().size())
                        .sum())
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.path("name").asText() + ": "
                                + rule.path("lastError").asText())
                        .isEqualTo("ok"));
    }

    @Test
    void recordedSeries_allHaveData() {
        // When, Then
        assertThat(RuleFile.all().stream().flatMap(RuleFile::records))
                .allSatisfy(name -> assertThat(PROMETHEUS.query(name)).isNotEmpty());
    }

    @Test
    void installationThatIsWell_hasNoAlerts() {
        // A machine that builds beside is slow, and no network is needed.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(PROMETHEUS.alerts(
                                "FanfareDelivery.*",
                                "FanfareLoopLate",
                                "FanfareRedisSlow",
                                "FanfareTelemetrySimulated"))
                        .isEmpty());
    }

    @Test
    void redisAway_isSeenByItsAlerts() {
        // When
        FANFARE.redis().stop();
        try {
            // Then
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(PROMETHEUS.alerts())
                            .contains("FanfareRedisAway", "FanfareNotReady", "FanfareRevocationsStale")
                            .doesNotContain("FanfareGatewayDeaf", "FanfareUnseen"));
        } finally {
            FANFARE.redis().start();
            FANFARE.all(Service.GATEWAY).forEach(ServiceProcess::awaitReady);
        }
    }

    @Test
    void logs_areJsonWithTheDocumentedFields() throws IOException {
        // Given
        List<String> lines = FANFARE.publisher()
                .log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList();

        // When, Then
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(JSON.readTree(line).properties())
                    .extracting(Map.Entry::getKey)
                    .contains("timestamp", "level", "loggerName", "message", "threadName", "hostName", "processId");
        }
    }
}
