package dev.fanfare.e2e.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.e2e.installation.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One file of `observability/dashboards`.
record Dashboard(String file, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// A query of a panel, with Grafana's variables in it.
    record Query(String dashboard, String panel, String expression) {

        /// As Grafana would send it with `All` chosen everywhere.
        String ofAll() {
            return expression
                    .replace("$__rate_interval", "1m")
                    .replace("$__range", "1h")
                    .replaceAll("\\$(namespace|instance|source)", ".*");
        }
    }

    static List<Dashboard> all() {
        try (Stream<Path> files =
                Files.list(Checkout.root().resolve("observability/dashboards")).sorted()) {
            return files.map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All panels but the rows that head them.
    List<JsonNode> panels() {
        return StreamSupport.stream(json.path("panels").spliterator(), false)
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return StreamSupport.stream(json.path("templating").path("list").spliterator(), false)
                .toList();
    }

    /// Those of panels, and the series that the choices of variables are taken from.
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets").forEach(target -> queries.add(query(panel.path("title"), target.path("expr"))));
        }
        for (JsonNode variable : variables()) {
            if (variable.path("type").asText().equals("query")) {
                queries.add(query(variable.path("name"), variable.path("query").path("query")));
            }
        }
        return queries;
    }

    private Query query(JsonNode title, JsonNode expression) {
        String series = expression.asText().replaceFirst("^label_values\\((.*), \\w+\\)$", "$1");
        return new Query(file, title.asText(), series);
    }

    @Override
    public String toString() {
        return file;
    }
}
