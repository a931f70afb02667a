package dev.fanfare.deployment.check;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fanfare.deployment.manifest.KubeObject;
import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Each object has only fields that Kubernetes knows, with values that it takes.
///
/// The folder has one JSON Schema per kind: `<kind>-<group>-<version>.json` for what Kubernetes brings
/// (`<kind>-<version>.json` without a group), `<kind>_<version>.json` for custom resources. An object without a
/// schema is a finding.
final class SchemaRule implements Rule {

    private final Path folder;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7, builder -> builder.schemas(SchemaRule::read));
    private final Map<Path, Schema> schemas = new HashMap<>();

    SchemaRule(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public String name() {
        return "schemas";
    }

    @Override
    public List<Finding> findings(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (KubeObject object : manifests.objects()) {
            Path file = file(object);
            if (Files.exists(file)) {
                schemas.computeIfAbsent(file, this::schema)
                        .validate(object.tree())
                        .forEach(error -> findings.add(Finding.of(object, error.toString())));
            } else {
                findings.add(Finding.of(object, "has no schema for " + object.apiVersion()));
            }
        }
        return findings;
    }

    private static @Nullable String read(String uri) {
        Path file = Path.of(URI.create(uri));
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema schema(Path file) {
        return registry.getSchema(SchemaLocation.of(file.toUri().toString()));
    }

    private Path file(KubeObject object) {
        String kind = object.kind().toLowerCase(Locale.ROOT);
        String[] parts = object.apiVersion().split("/", -1);
        String version = parts[parts.length - 1];
        String group = parts.length == 1 ? "" : parts[0];
        Path own = folder.resolve(
                kind + (group.isEmpty() ? "" : "-" + group.split("\\.", -1)[0]) + "-" + version + ".json");
        return Files.exists(own) ? own : folder.resolve(kind + "_" + version + ".json");
    }
}
