package dev.fanfare.deployment.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRuleTest {

    @TempDir
    private Path folder;

    @Test
    void knownFields_areFine() throws IOException {
        assertThat(findings("{apiVersion: apps/v1, kind: Thing, spec: {size: 3}}"))
                .isEmpty();
    }

    @Test
    void unknownField_isFound() throws IOException {
        assertThat(findings("{apiVersion: apps/v1, kind: Thing, spec: {siez: 3}}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("siez"));
    }

    @Test
    void wrongValue_isFound() throws IOException {
        assertThat(findings("{apiVersion: apps/v1, kind: Thing, spec: {size: three}}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("/spec/size"));
    }

    @Test
    void kindWithoutSchema_isFound() throws IOException {
        assertThat(findings("{apiVersion: apps/v2, kind: Thing}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("no schema for apps/v2"));
    }

    @Test
    void customResource_hasASchemaWithoutGroup() throws IOException {
        // Given
        Files.writeString(folder.resolve("widget_v1.json"), "{\"required\": [\"spec\"]}");

        // When
        List<Finding> findings = findings("{apiVersion: example.org/v1, kind: Widget}");

        // Then
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("spec"));
    }

    private List<Finding> findings(String object) throws IOException {
        Files.writeString(folder.resolve("thing-apps-v1.json"), """
                {"properties": {"apiVersion": {}, "kind": {}, "spec": {"$ref": "_definitions.json#/definitions/Spec"}},
                 "additionalProperties": false}
                """);
        Files.writeString(folder.resolve("_definitions.json"), """
                {"definitions": {"Spec": {"properties": {"size": {"type": "integer"}}, "additionalProperties": false}}}
                """);
        return new SchemaRule(folder).findings(Manifests.parse(object));
    }
}
