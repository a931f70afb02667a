package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.publisher.RedisResource;
import dev.fanfare.publisher.http.OpenApiDocument.Operation;
import dev.fanfare.testkit.KeyFolder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// What the OpenAPI document says, the service does: values made of the document's schemas are sent to every
/// operation, and each answer has to be one that the document names. `-Dfanfare.openapi.seed` and
/// `-Dfanfare.openapi.requests` choose others.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(OpenApiFuzzIT.Issuing.class)
class OpenApiFuzzIT {

    private static final Logger LOG = Logger.getLogger(OpenApiFuzzIT.class);
    private static final long SEED = Long.getLong("fanfare.openapi.seed", 20_261_124L);
    /// Of each operation and media type, valid and nearly valid.
    private static final int REQUESTS = Integer.getInteger("fanfare.openapi.requests", 300);

    private static final String CHANNEL = "it.openapi";
    private static final KeyFolder SIGNING = KeyFolder.with("2026-11-29");

    /// With a key to sign tokens.
    public static final class Issuing implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fanfare.publisher.tokens.signing-folder", SIGNING.path().toString());
        }
    }

    @Inject
    ApiKeyStore store;

    private final String issuing = Api.newKey(Api.EVERYTHING);

    /// What is sent, in words for a message.
    private record Sent(Operation operation, String uri, String type, String body, HttpRequest.Builder request) {

        @Override
        public String toString() {
            return "seed " + SEED + ": " + operation + " " + uri + " " + type + " " + body;
        }
    }

    /// How the values of a request are made.
    private interface Values {

        JsonNode of(JsonNode schema);
    }

    /// Sends so many requests, and counts the answers by status.
    private Map<Integer, Integer> play(OpenApiDocument document, Supplier<Sent> requests) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            statuses.merge(assertDocumented(document, requests.get()), 1, Integer::sum);
        }
        return statuses;
    }

    @Test
    void validValues_areAnsweredAsDocumentedAndTakenByEveryOperation() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();
        var values = new SchemaValues(document, SEED);

        for (Operation operation : document.operations()) {
            for (String type : mediaTypes(operation)) {
                // When
                Map<Integer, Integer> statuses =
                        play(document, () -> request(document, values, operation, type, values::valid, false));

                // Then
                LOG.infof("valid: %s %s %s seed=%d", operation, type, statuses, SEED);
                assertThat(statuses.keySet()).as("%s %s", operation, type).anyMatch(status -> status < 300);
            }
        }
    }

    @Test
    void nearlyValidValues_areAnsweredAsDocumented() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();
        var values = new SchemaValues(document, SEED);

        for (Operation operation : document.operations()) {
            for (String type : mediaTypes(operation)) {
                // When
                Map<Integer, Integer> statuses = play(document, () -> {
                    Values some = values.random().nextInt(3) == 0 ? values::valid : values::nearlyValid;
                    return request(document, values, operation, type, some, true);
                });

                // Then
                LOG.infof("nearly valid: %s %s %s seed=%d", operation, type, statuses, SEED);
                assertThat(statuses.keySet())
                        .as("%s %s", operation, type)
                        .contains(405, 406)
                        .anyMatch(status -> status / 100 == 4 && status < 405);
            }
        }
    }

    @Test
    void examples_giveTheDocumentedSuccess() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();

        for (Operation operation : document.operations()) {
            int success = Integer.parseInt(
                    operation.node().at("/responses").fieldNames().next());
            for (String type : mediaTypes(operation)) {
                List<JsonNode> bodies = new ArrayList<>();
                operation
                        .node()
                        .at("/requestBody/content")
                        .path(type)
                        .at("/examples")
                        .forEach(example -> bodies.add(example.at("/value")));
                if (type.isEmpty()) {
                    bodies.add(document.root().at("/none"));
                }
                for (JsonNode body : bodies) {
                    // When
                    Sent sent = example(document, operation, type, body);

                    // Then
                    assertThat(assertDocumented(document, sent))
                            .as(sent.toString())
                            .isEqualTo(success);
                }
                assertThat(bodies).isNotEmpty();
            }
        }
    }

    private static List<String> mediaTypes(Operation operation) {
        List<String> types = new ArrayList<>();
        operation.node().at("/requestBody/content").fieldNames().forEachRemaining(types::add);
        return types.isEmpty() ? List.of("") : types;
    }

    private Sent example(OpenApiDocument document, Operation operation, String type, JsonNode body) {
        String uri = operation.path();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (JsonNode reference : operation.node().path("parameters")) {
            JsonNode parameter = document.resolved(reference);
            String name = parameter.get("name").asText();
            if (parameter.get("in").asText().equals("path")) {
                uri = uri.replace(
                        "{" + name + "}", encoded(parameter.get("example").asText()));
            }
        }
        return sent(operation, operation.method(), uri, type, text(body), request);
    }

    private Sent request(
            OpenApiDocument document,
            SchemaValues values,
            Operation operation,
            String type,
            Values some,
            boolean isSpoiled) {
        String uri = operation.path();
        var query = new StringBuilder();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (JsonNode reference : operation.node().path("parameters")) {
            JsonNode parameter = document.resolved(reference);
            String name = parameter.get("name").asText();
            String value = value(values, parameter, some);
            switch (parameter.get("in").asText()) {
                case "path" -> uri = uri.replace("{" + name + "}", encoded(segment(value)));
                case "query" -> {
                    if (values.random().nextInt(4) == 0 && isTaken(parameter, type)) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(encoded(value));
                    }
                }
                default -> {
                    if (values.random().nextInt(4) == 0) {
                        request.header(name, value.replaceAll("[^ -~]", "a"));
                    }
                }
            }
        }
        String method = operation.method();
        String contentType = type;
        if (isSpoiled) {
            switch (values.random().nextInt(12)) {
                case 0 -> query.append(query.isEmpty() ? '?' : '&').append("unknown=1");
                case 1 -> request.header("Accept", "text/html");
                case 2 -> method = hasDelete(document, operation) ? "put" : "delete";
                case 3 -> contentType = type.isEmpty() ? type : "application/xml";
                default -> request.header("Accept", "application/json");
            }
        }
        JsonNode schema = operation.node().at("/requestBody/content").path(type).path("schema");
        String body = schema.isMissingNode() ? "" : text(some.of(schema));
        return sent(operation, method, uri + query, contentType, body, request);
    }

    private static boolean hasDelete(OpenApiDocument document, Operation operation) {
        return document.root().at("/paths").path(operation.path()).has("delete");
    }

    /// `id`, `name` and `clientId` of the address are for other bodies than JSON.
    private static boolean isTaken(JsonNode parameter, String type) {
        return !parameter.path("description").asText().contains("Not with a JSON body")
                || !type.equals("application/json");
    }

    /// Of a channel that has messages, every other time.
    private static String value(SchemaValues values, JsonNode parameter, Values some) {
        boolean isKnown = values.random().nextBoolean();
        String schema = parameter.at("/schema/$ref").asText();
        if (isKnown && schema.endsWith("/PositionText")) {
            return position(values);
        }
        if (isKnown && parameter.get("name").asText().equals("channel")) {
            return CHANNEL;
        }
        if (isKnown && parameter.has("example")) {
            return parameter.get("example").asText();
        }
        return text(some.of(parameter.get("schema")));
    }

    private static String position(SchemaValues values) {
        HttpResponse<String> answer = Api.publish(CHANNEL, "{\"data\":1}");
        return answer.body()
                .replaceAll(".*\"epoch\":\"(\\w+)\",\"offset\":(\\d+).*", "$1:")
                .concat(String.valueOf(values.random()
                        .nextInt(Integer.parseInt(answer.body().replaceAll(".*\"offset\":(\\d+).*", "$1")) + 2)));
    }

    /// What has no address is not addressed.
    private static String segment(String value) {
        return value.isEmpty() || value.equals(".") || value.equals("..") ? "x" : value;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.isMissingNode() ? "" : value.toString();
    }

    private Sent sent(
            Operation operation, String method, String uri, String type, String body, HttpRequest.Builder request) {
        request.uri(Api.address(uri)).method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (operation.path().equals("/v1/tokens")) {
            request.header("Authorization", "Bearer " + issuing);
        }
        return new Sent(operation, uri, type, body, request);
    }

    /// The key of the example is there, and disabled, so that it can be removed.
    private void keepExampleOfKey(OpenApiDocument document) {
        String id = document.root().at("/components/parameters/Key/example").asText();
        store.create(new ApiKey.Draft(id, "0".repeat(64), "of the example", "{}"))
                .thenCompose(_ -> store.enable(id, false))
                .join();
    }

    /// Sends it; the status is then one of those that the document names for the operation, with a body of the
    /// documented schema and every header that is required.
    private int assertDocumented(OpenApiDocument document, Sent sent) {
        keepExampleOfKey(document);
        HttpResponse<String> answer = Api.send(sent.request());
        String status = String.valueOf(answer.statusCode());
        assertThat(answer.statusCode()).as("%s → %s", sent, answer.body()).isLessThan(500);
        JsonNode response =
                document.resolved(sent.operation().node().at("/responses").path(status));
        assertThat(response.isMissingNode())
                .as("%s → %s %s", sent, status, answer.body())
                .isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.at("/content").path(type);
        assertThat(content.isMissingNode()).as("%s → %s %s", sent, status, type).isFalse();
        assertThat(document.schema(content.get("schema")).validate(answer.body(), InputFormat.JSON))
                .as("%s → %s %s", sent, status, answer.body())
                .isEmpty();
        response.path("headers").properties().forEach(header -> {
            if (document.resolved(header.getValue()).path("required").asBoolean()) {
                assertThat(answer.headers().firstValue(header.getKey()))
                        .as(sent.toString())
                        .isPresent();
            }
        });
        return answer.statusCode();
    }
}
