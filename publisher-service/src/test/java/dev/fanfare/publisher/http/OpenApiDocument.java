package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The document that the service serves.
final class OpenApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// One method of one path.
    record Operation(String method, String path, JsonNode node) {

        @Override
        public String toString() {
            return node.at("/operationId").asText();
        }
    }

    private final String text;
    private final JsonNode root;
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    private OpenApiDocument(String text) throws IOException {
        this.text = text;
        root = JSON.readTree(text);
    }

    /// Fetches it.
    static OpenApiDocument fetch() throws IOException {
        HttpResponse<String> answer = Api.get("/q/openapi?format=json");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new OpenApiDocument(answer.body());
    }

    String text() {
        return text;
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return operations;
    }

    /// What `node` refers to, or itself.
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.at("/$ref");
        return reference.isMissingNode()
                ? node
                : resolved(root.at(reference.asText().substring(1)));
    }

    /// The named schema of the components.
    Schema named(String name) {
        return schema(JSON.createObjectNode().put("$ref", "#/components/schemas/" + name));
    }

    /// Whether `value` is one of `schema`, where the length of a string is that in UTF-16, as the descriptions say.
    boolean allows(JsonNode schema, JsonNode value) {
        String text = value.toString().replaceAll("[\\x{10000}-\\x{10ffff}]", "éé");
        return schema(schema).validate(text, InputFormat.JSON).isEmpty();
    }

    /// A schema of the document, with the components that it refers to.
    Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema, node -> {
            var whole = JSON.createObjectNode();
            whole.setAll((ObjectNode) node.deepCopy());
            whole.set("components", root.at("/components"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(whole.toString(), InputFormat.JSON);
        });
    }
}
