package dev.fanfare.deployment.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All objects of one rendering.
public record Manifests(List<KubeObject> objects) {

    private static final YAMLMapper YAML = new YAMLMapper();

    public Manifests {
        objects = List.copyOf(objects);
    }

    /// Reads documents of YAML, one object each.
    public static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(documents.readAll().stream()
                    .filter(JsonNode::isObject)
                    .map(KubeObject::new)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manifests read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    public Stream<KubeObject> all(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    public Optional<KubeObject> find(String kind, String name) {
        return all(kind).filter(object -> object.name().equals(name)).findFirst();
    }

    /// What runs pods: Deployments and StatefulSets.
    public List<Workload> workloads() {
        return Stream.concat(all("Deployment"), all("StatefulSet"))
                .map(Workload::new)
                .toList();
    }

    public Optional<Workload> workload(String name) {
        return workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst();
    }
}
