package dev.fanfare.e2e.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/logs.md` lists the keys of all lines that services log.
class LogKeysTest {

    private static final Path ROOT = Checkout.root();

    /// A statement that logs: also the loggers that leave repeated lines out.
    private static final Pattern STATEMENT =
            Pattern.compile("\\b(?:LOG|logger)\\.\\w+\\([^;]*;|\\b(?:warnings|losses|failures)\\.warn\\([^;]*;");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern KEY = Pattern.compile("(?<=[ \"])(\\w+)=");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    private static Set<String> documented() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/reference/logs.md"));
        return ROW.matcher(page.substring(page.indexOf("## Keys")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> logged() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String module : new String[] {
            "access",
            "broker-redis",
            "contract",
            "gateway-service",
            "messaging",
            "publisher-service",
            "telemetry-ingest",
            "tracing"
        }) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    STATEMENT
                            .matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .flatMap(statement -> LITERAL.matcher(statement).results())
                            .flatMap(literal -> KEY.matcher(literal.group()).results())
                            .forEach(key -> keys.add(key.group(1)));
                }
            }
        }
        return keys;
    }

    @Test
    void keys_areThoseOfTheReference() throws IOException {
        // When, Then
        assertThat(logged()).hasSizeGreaterThan(20).isEqualTo(documented());
    }

    @Test
    void keys_areCamelCase() throws IOException {
        // When, Then
        assertThat(logged()).allMatch(key -> key.matches("[a-z][a-zA-Z]*"));
    }
}
