package dev.fanfare.e2e.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Checkout;
import dev.fanfare.testkit.MetricsDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules, dashboards, runbooks and the reference of metrics agree.
class ObservabilityTest {

    private static final String RUNBOOK_URL = "https://fanfare.example/docs/operations/runbooks/";
    private static final Path RUNBOOKS = Checkout.root().resolve("docs/operations/runbooks");
    private static final int GRID_WIDTH = 24;

    /// What is ours: a metric, or a series that a rule records.
    private static final Pattern OURS =
            Pattern.compile("\\bfanfare_[a-z0-9_]+\\b|\\b[a-z]+:fanfare_[a-z0-9_]+:\\w+\\b");

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of("gateway", "messaging", "access", "publisher", "telemetry", "certificates")
                            .flatMap(
                                    page -> MetricsDocument.read("metrics-" + page + ".md").prometheusNames().stream()),
                    RuleFile.all().stream().flatMap(RuleFile::records))
            .collect(Collectors.toUnmodifiableSet());

    static Stream<JsonNode> alerts() {
        return RuleFile.all().stream().flatMap(file -> file.alerts().stream());
    }

    static List<RuleFile> ruleFiles() {
        return RuleFile.all();
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    private static Stream<String> unknownIn(String text) {
        return OURS.matcher(text).results().map(MatchResult::group).filter(name -> !KNOWN.contains(name));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alert_saysHowBadWhatAndWhatToDo(JsonNode alert) throws IOException {
        // Given
        String name = alert.path("alert").asText();
        JsonNode annotations = alert.path("annotations");
        String severity = alert.path("labels").path("severity").asText();

        // Then
        assertThat(name).startsWith("Fanfare");
        assertThat(severity).isIn("critical", "warning", "info");
        assertThat(annotations.path("summary").asText()).isNotBlank();
        assertThat(annotations.path("description").asText()).endsWith(".");
        assertThat(annotations.path("runbook_url").asText()).isEqualTo(RUNBOOK_URL + name + ".md");
        assertThat(RUNBOOKS.resolve(name + ".md"))
                .content()
                .startsWith("# " + name + "\n")
                .contains("**What it means.**", "**How to see.**", "**What to do.**", "**What made it go away.**");
        assertThat(Files.readString(RUNBOOKS.resolve("README.md")))
                .contains("| [" + name + "](" + name + ".md) | " + severity + " |");
    }

    @Test
    void runbooks_areAboutAlertsThatExist() throws IOException {
        // Given
        List<String> names =
                alerts().map(alert -> alert.path("alert").asText() + ".md").toList();

        // When, Then
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .filteredOn(page -> !page.equals("README.md"))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void runbooks_nameMetricsThatExist() throws IOException {
        // When
        List<String> unknown = new ArrayList<>();
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            for (Path page : pages.toList()) {
                // A timer or histogram as a whole is named without its parts.
                unknownIn(Files.readString(page))
                        .filter(name -> !KNOWN.contains(name + "_count"))
                        .forEach(name -> unknown.add(page.getFileName() + ": " + name));
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ruleFiles")
    void rules_useMetricsThatExist(RuleFile file) {
        // When, Then
        assertThat(file.rules()).isNotEmpty();
        assertThat(file.rules().stream()
                        .flatMap(rule -> unknownIn(rule.path("expr").asText())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ruleFiles")
    void alerts_haveATestThatSeesThemFire(RuleFile file) throws IOException {
        // Given
        String tests =
                Files.readString(Checkout.root().resolve("observability/tests").resolve(file.name()));

        // When, Then
        assertThat(file.alerts())
                .extracting(alert -> alert.path("alert").asText())
                .allSatisfy(name -> assertThat(tests).contains("alertname=\"" + name + "\""));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void dashboard_usesMetricsThatExist(Dashboard dashboard) {
        // When, Then
        assertThat(dashboard.queries()).isNotEmpty();
        assertThat(dashboard.queries().stream().flatMap(query -> unknownIn(query.expression())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void dashboard_hasWhatGrafanaNeeds(Dashboard dashboard) {
        // Given
        JsonNode json = dashboard.json();
        List<String> variables = dashboard.variables().stream()
                .map(variable -> variable.path("name").asText())
                .toList();

        // Then
        assertThat(json.path("uid").asText() + ".json").isEqualTo(dashboard.file());
        assertThat(json.path("title").asText()).startsWith("Fanfare: ");
        assertThat(json.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(json.path("id").isNull()).isTrue();
        assertThat(json.path("tags")).extracting(JsonNode::asText).containsExactly("fanfare");
        assertThat(json.path("time").path("from").asText()).startsWith("now-");
        assertThat(variables).startsWith("datasource", "namespace").doesNotHaveDuplicates();
        assertThat(dashboard.queries())
                .flatExtracting(query -> Pattern.compile("\\$([a-z]+)")
                        .matcher(query.expression())
                        .results()
                        .map(used -> used.group(1))
                        .toList())
                .isSubsetOf(variables);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_sayWhatTheyShowInWhichUnit(Dashboard dashboard) {
        // When, Then
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("type").asText()).isIn("stat", "timeseries", "heatmap", "table");
            assertThat(defaults.path("unit").asText())
                    .isIn("s", "bytes", "Bps", "ops", "reqps", "short", "percentunit", "none");
            assertThat(defaults.path("thresholds").path("steps"))
                    .isNotEmpty()
                    .first()
                    .satisfies(step -> assertThat(step.path("value").isNull()).isTrue());
            assertThat(panel.path("targets"))
                    .isNotEmpty()
                    .allSatisfy(
                            target -> assertThat(target.path("expr").asText()).isNotBlank());
            assertThat(panel.path("targets"))
                    .extracting(target -> target.path("refId").asText())
                    .doesNotHaveDuplicates();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_haveAPlaceOfTheirOwn(Dashboard dashboard) {
        // Given
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();

        // When, Then
        for (JsonNode panel : dashboard.json().path("panels")) {
            JsonNode grid = panel.path("gridPos");
            int right = grid.path("x").asInt() + grid.path("w").asInt();
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("id of %s", panel.path("title"))
                    .isTrue();
            assertThat(right).isLessThanOrEqualTo(GRID_WIDTH);
            IntStream.range(grid.path("x").asInt(), right)
                    .boxed()
                    .flatMap(x -> IntStream.range(
                                    grid.path("y").asInt(),
                                    grid.path("y").asInt() + grid.path("h").asInt())
                            .mapToObj(y -> x + "," + y))
                    .forEach(cell -> assertThat(cells.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue());
        }
    }
}
