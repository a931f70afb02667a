package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusBodyTest {

    /// The example of the format's page, with its oddities.
    private static final String EXAMPLE = """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47

            # A weird metric from before the epoch:
            something_weird{problem="division by zero"} +Inf -3982045

            # TYPE rpc_duration_seconds summary
            rpc_duration_seconds{quantile="0.01"} 3102
            rpc_duration_seconds_sum 1.7560473e+07
            rpc_duration_seconds_count 2693
            """;

    private final StubServer server = new StubServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "http_requests_total{code=\"200\"};"
                        + "{\"name\":\"http_requests_total\",\"labels\":{\"code\":\"200\",\"method\":\"post\"},"
                        + "\"value\":1027,\"timestamp\":1395066363000}",
                "metric_without_timestamp_and_labels;"
                        + "{\"name\":\"metric_without_timestamp_and_labels\",\"labels\":{},\"value\":12.47}",
                "something_weird;{\"name\":\"something_weird\",\"labels\":{\"problem\":\"division by zero\"},"
                        + "\"value\":\"+Inf\",\"timestamp\":-3982045}",
                "rpc_duration_seconds_sum;{\"name\":\"rpc_duration_seconds_sum\",\"labels\":{},\"value\":1.7560473e+07}",
                "msdos_file_access_time_seconds;{\"name\":\"msdos_file_access_time_seconds\",\"labels\":"
                        + "{\"error\":\"Cannot find file:\\n\\\"FILE.TXT\\\"\",\"path\":\"C:\\\\DIR\\\\FILE.TXT\"},"
                        + "\"value\":1.458255915e9}",
            })
    void selectedSeries_isOneSample(String selector, String expected) {
        // When, Then
        assertThat(dataOf(read(EXAMPLE, 100, selector))).isEqualTo("{\"series\":[" + expected + "]}");
    }

    @Test
    void indentedComment_isNotASeries() {
        // When, Then
        assertThat(dataOf(read(" \t# HELP a What it is\n a 1\n", 100, "a"))).contains("\"value\":1}");
    }

    @Test
    void unknownEscape_standsForItself() {
        // When, Then
        assertThat(dataOf(read("a{b=\"\\d\"} 1", 100, "a"))).contains("\"b\":\"\\\\d\"");
    }

    @Test
    void severalSelectors_selectEachSeriesOnceInItsOrder() {
        // When
        String data = dataOf(read("c 1\nb 2\na 3\n", 100, "a", "c", "{job=\"\",__none=~\"\"}"));

        // Then
        assertThat(data)
                .isEqualTo("{\"series\":[{\"name\":\"c\",\"labels\":{},\"value\":1},"
                        + "{\"name\":\"b\",\"labels\":{},\"value\":2},{\"name\":\"a\",\"labels\":{},\"value\":3}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1.50, -1.50",
        "1e5, 1e5",
        "+5, 5.0",
        ".5, 0.5",
        "5., 5.0",
        "007, 7.0",
        "NaN, '\"NaN\"'",
        "-nan, '\"NaN\"'",
        "+NaN, '\"NaN\"'",
        "Inf, '\"+Inf\"'",
        "-Inf, '\"-Inf\"'",
        "+1e400, '\"+Inf\"'",
    })
    void value_isJson(String text, String expected) {
        // When, Then
        assertThat(dataOf(read("a " + text, 100, "a")))
                .isEqualTo("{\"series\":[{\"name\":\"a\",\"labels\":{},\"value\":" + expected + "}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a{} ",
                "a x",
                "a 1 x",
                "a 1 2 3",
                "a 0x1p3",
                "a 1_000",
                "a 1e",
                "a 1f",
                "{a=\"b\"} 1",
                "1a 1",
                "a{b=\"c\",b=\"d\"} 1",
                "a{b=~\"c\"} 1",
                "a{b=\"c} 1",
                "a{b=\"c\" 1",
                "<html>",
                "{\"json\":true}",
                "a 1 9999999999999999999",
            })
    void lineThatCannotBeRead_spoilsTheAnswer(String line) {
        // When
        FetchOutcome outcome = read("a 1\n" + line + "\nb 2\n", 100, "a");

        // Then: told by its number, not quoted
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FetchFailure.NOT_METRICS);
            assertThat(failed.detail()).endsWith(", line 2").doesNotContain("json");
        });
    }

    @Test
    void seriesWithTooManyLabels_spoilsTheAnswer() {
        // Given
        String labels = IntStream.rangeClosed(0, TextScanner.MAX_LABELS)
                .mapToObj(n -> "l" + n + "=\"\"")
                .collect(Collectors.joining(","));

        // When, Then
        assertThat(failureOf(read("a{" + labels + "} 1", 100, "a"))).isEqualTo(FetchFailure.NOT_METRICS);
    }

    @Test
    void textThatIsNotUtf8_isRefused() {
        // Given
        byte[] latin = "a{b=\"é\"} 1".getBytes(ISO_8859_1);

        // When, Then
        assertThat(failureOf(body(100, "a").read(latin))).isEqualTo(FetchFailure.NOT_METRICS);
    }

    @Test
    void nothingSelected_isAbsent() {
        // When, Then
        assertThat(failureOf(read(EXAMPLE, 100, "none"))).isEqualTo(FetchFailure.ABSENT);
    }

    @Test
    void moreSeriesThanTheLimit_areTooMany() {
        // When, Then
        assertThat(dataOf(read("a 1\nb 2", 2, "{x=\"\"}"))).contains("\"b\"");
        assertThat(failureOf(read("a 1\nb 2\nc 3", 2, "{x=\"\"}"))).isEqualTo(FetchFailure.TOO_LARGE);
    }

    /// Whatever comes, the answer is an outcome: bytes of the example changed, cut and doubled.
    @Test
    void mutatedText_neverThrows() {
        // Given
        var random = new SplittableRandom(9);
        byte[] original = EXAMPLE.getBytes(UTF_8);

        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = original.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(-128, 128);
            }

            // When, Then
            assertThat(body(100, "{x=\"\"}").read(mutated)).isNotNull();
        }
    }

    @Test
    void endpoint_isAskedForTheTextFormat() throws Exception {
        // Given
        server.answering(exchange -> StubServer.send(
                exchange, 200, "a{accept=\"" + exchange.getRequestHeaders().getFirst("Accept") + "\"} 1\nb 2\n"));
        var kind = new SourceKind.Prometheus(List.of(SeriesSelector.parse("a")), 10);
        SourceSettings settings =
                new SettingsFixture().url(server.uri()).kind(kind).build();

        // When, Then
        try (var source = new HttpSource(settings, kind)) {
            assertThat(dataOf(source.fetch(null)))
                    .isEqualTo("{\"series\":[{\"name\":\"a\",\"labels\":{\"accept\":\"text/plain;version=0.0.4\"},"
                            + "\"value\":1}]}");
        }
    }

    private static FetchOutcome read(String text, int maxSeries, String... selectors) {
        return body(maxSeries, selectors).read(text.getBytes(UTF_8));
    }

    private static PrometheusBody body(int maxSeries, String... selectors) {
        List<SeriesSelector> parsed =
                List.of(selectors).stream().map(SeriesSelector::parse).toList();
        return new PrometheusBody(new SourceKind.Prometheus(parsed, maxSeries));
    }

    private static String dataOf(FetchOutcome outcome) {
        assertThat(outcome).isInstanceOf(Fetched.class);
        return ((Fetched) outcome).sample().data().toString();
    }

    private static FetchFailure failureOf(FetchOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed) outcome).failure();
    }
}
