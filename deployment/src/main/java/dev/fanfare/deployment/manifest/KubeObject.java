package dev.fanfare.deployment.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// One Kubernetes object, as `kubectl kustomize` prints it.
public record KubeObject(JsonNode tree) {

    public String apiVersion() {
        return text("/apiVersion");
    }

    public String kind() {
        return text("/kind");
    }

    public String name() {
        return text("/metadata/name");
    }

    public String namespace() {
        return text("/metadata/namespace");
    }

    public Map<String, String> labels() {
        return strings(at("/metadata/labels"));
    }

    /// What is there, a missing node if nothing is.
    ///
    /// @param pointer a JSON Pointer (RFC 6901)
    public JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /// The text there, empty if there is none.
    public String text(String pointer) {
        return at(pointer).asText();
    }

    /// The object's members as texts.
    public static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new TreeMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    /// `Kind/name`.
    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
