package dev.fanfare.deployment.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Something that runs pods, seen through its pod template.
public record Workload(KubeObject object) {

    public String name() {
        return object.name();
    }

    /// The specification of its pods.
    public JsonNode pod() {
        return object.at("/spec/template/spec");
    }

    public Map<String, String> podLabels() {
        return KubeObject.strings(object.at("/spec/template/metadata/labels"));
    }

    public List<JsonNode> containers() {
        return elements(pod().path("containers"));
    }

    /// Its container of that name, as ours have the name of their workload.
    public Optional<JsonNode> container(String name) {
        return containers().stream()
                .filter(container -> container.path("name").asText().equals(name))
                .findFirst();
    }

    /// The number of the port with that name or number.
    public Optional<Integer> port(String nameOrNumber) {
        return containers().stream()
                .flatMap(container -> elements(container.path("ports")).stream())
                .filter(port -> port.path("name").asText().equals(nameOrNumber)
                        || port.path("containerPort").asText().equals(nameOrNumber))
                .map(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return object.toString();
    }
}
