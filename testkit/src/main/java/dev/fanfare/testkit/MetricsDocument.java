package dev.fanfare.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The table of meters of a page of `docs/reference`: a row each, which begins with the name.
public final class MetricsDocument {

    private static final Path FOLDER = Path.of("../docs/reference");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*$");

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

    /// All rows.
    public String table() {
        return rows.stream().map(MatchResult::group).collect(Collectors.joining("\n"));
    }
}
