package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of meters of a page of `docs/reference`: a row each, which begins with the name.
public final class MetricsDocument {

    private static final Path FOLDER = Path.of("../docs/reference");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| (\\w+)(?:, (seconds|bytes))?.*$");

    private final List<MatchResult> rows;

    private MetricsDocument(List<MatchResult> rows) {
        this.rows = rows;
    }

    /// Reads a page from a test of any module.
    ///
    /// @param page for example `metrics-gateway.md`
    public static MetricsDocument read(String page) {
        try {
            return new MetricsDocument(ROW.matcher(Files.readString(FOLDER.resolve(page)))
                    .results()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of the meters.
    public List<String> names() {
        return rows.stream().map(row -> row.group(1)).toList();
    }

    /// Fails unless the table has a row for each of `meters`, their names with repetitions, and for no other.
    public void assertNamesExactly(Stream<String> meters) {
        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(meters.distinct().toList());
    }

    /// Fails unless the table tells each of `values`, those of tags with repetitions. There have to be some.
    public void assertTells(Stream<String> values) {
        assertThat(values.distinct().toList())
                .isNotEmpty()
                .allSatisfy(value -> assertThat(table()).contains("`" + value + "`"));
    }

    /// The names under which Prometheus shows the meters.
    public Set<String> prometheusNames() {
        return rows.stream()
                .flatMap(row -> prometheusNames(row.group(1).replace('.', '_'), row.group(2), row.group(3)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> prometheusNames(String name, String type, @Nullable String unit) {
        String full = unit == null || name.endsWith("_" + unit) ? name : name + "_" + unit;
        Stream<String> suffixes = switch (type) {
            case "gauge" -> Stream.of("");
            case "counter" -> Stream.of("_total");
            case "summary" -> Stream.of("_count", "_sum", "_max");
            case "histogram" -> Stream.of("_count", "_sum", "_bucket");
            case "timer" -> Stream.of("_count", "_sum", "_max", "_bucket");
            default -> throw new IllegalStateException(name + " has the type " + type);
        };
        return suffixes.map(full::concat);
    }

    /// All rows.
    public String table() {
        return rows.stream().map(MatchResult::group).collect(Collectors.joining("\n"));
    }
}
