package dev.fanfare.deployment.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The environment variables that a service understands: those of our mappings, those of Quarkus that count when it
/// runs, and those that its `application.properties` asks for.
///
/// Quarkus' extensions describe their properties in a resource. Properties that are fixed when a service is built
/// are not among them: setting them would do nothing.
final class KnownProperties {

    private static final String QUARKUS_MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)[:}]");

    /// A place in a list, a key of a map, or one character.
    private static final Pattern PART = Pattern.compile("\\[\\*]|\"[^\"]*\"|.");

    /// What a key of a map may be, quoted or not.
    private static final String KEY = "_?[A-Z0-9]+(?:_+[A-Z0-9]+)*_?";

    private final List<Pattern> variables;

    private KnownProperties(List<Pattern> variables) {
        this.variables = variables;
    }

    static KnownProperties of(Deployable service) {
        Set<String> patterns = new LinkedHashSet<>(quarkus());
        for (Class<?> module : service.modules()) {
            for (Class<?> mapping : new ModuleFiles(module).mappings()) {
                ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream()
                        .map(KnownProperties::variable)
                        .forEach(patterns::add);
            }
        }
        new ModuleFiles(service.modules().getFirst())
                .application()
                .values()
                .forEach(value -> addPlaceholders(value.toString(), patterns));
        return new KnownProperties(patterns.stream().map(Pattern::compile).toList());
    }

    boolean knows(String variable) {
        return variables.stream().anyMatch(pattern -> pattern.matcher(variable).matches());
    }

    private static void addPlaceholders(String value, Set<String> patterns) {
        Matcher matcher = PLACEHOLDER.matcher(value);
        while (matcher.find()) {
            patterns.add(matcher.group(1));
        }
    }

    /// The environment variable of a property, as a pattern: `*` and quoted names are keys of maps, `[*]` is a
    /// place in a list.
    ///
    /// @see <a href="https://smallrye.io/smallrye-config/Main/config/environment-variables/">the names</a>
    static String variable(String property) {
        return PART.matcher(property).replaceAll(part -> switch (part.group()) {
            case "[*]" -> "_[0-9]+_";
            case String text when text.length() > 1 || text.equals("*") -> KEY;
            case String text -> Character.isLetterOrDigit(text.charAt(0)) ? text.toUpperCase(Locale.ROOT) : "_";
        });
    }

    private static Set<String> quarkus() {
        Set<String> patterns = new LinkedHashSet<>();
        try {
            for (URL model :
                    Collections.list(KnownProperties.class.getClassLoader().getResources(QUARKUS_MODEL))) {
                try (InputStream stream = model.openStream()) {
                    collect(new ObjectMapper().readTree(stream), patterns);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return patterns;
    }

    private static void collect(JsonNode node, Set<String> patterns) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            List<JsonNode> paths = new ArrayList<>(List.of(node.path("path")));
            node.path("additionalPaths").forEach(paths::add);
            paths.forEach(path -> patterns.add(variable(path.path("property").asText())));
        }
        node.forEach(child -> collect(child, patterns));
    }
}
