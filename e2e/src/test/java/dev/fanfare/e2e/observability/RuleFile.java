package dev.fanfare.e2e.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fanfare.e2e.installation.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One file of `observability/rules`.
record RuleFile(String name, List<JsonNode> rules) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static List<RuleFile> all() {
        try (Stream<Path> files =
                Files.list(Checkout.root().resolve("observability/rules")).sorted()) {
            return files.map(RuleFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleFile read(Path file) {
        try {
            List<JsonNode> rules = children(YAML.readTree(file.toFile()).path("groups"))
                    .flatMap(group -> children(group.path("rules")))
                    .toList();
            return new RuleFile(file.getFileName().toString(), rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> children(JsonNode of) {
        return StreamSupport.stream(of.spliterator(), false);
    }

    List<JsonNode> alerts() {
        return rules.stream().filter(rule -> rule.has("alert")).toList();
    }

    /// The names of the recorded series.
    Stream<String> records() {
        return rules.stream().map(rule -> rule.path("record").asText()).filter(name -> !name.isEmpty());
    }

    @Override
    public String toString() {
        return name;
    }
}
