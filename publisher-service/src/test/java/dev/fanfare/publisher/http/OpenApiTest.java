package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Keeps the hand-written OpenAPI document true.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void document_isValidOpenApi31() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();

        // When
        var errors = schemaOf(officialSchema()).validate(document.text(), InputFormat.JSON);

        // Then
        assertThat(errors).isEmpty();
        assertThat(document.root().at("/openapi").asText()).startsWith("3.1");
    }

    @Test
    void documentThatIsBroken_isFound() throws IOException {
        // Given
        String broken = OpenApiDocument.fetch()
                .text()
                .replace("\"operationId\"", "\"operationid\"")
                .replace("\"paths\"", "\"path\"");

        // When
        var errors = schemaOf(officialSchema()).validate(broken, InputFormat.JSON);

        // Then
        assertThat(errors).isNotEmpty();
    }

    @Test
    void operations_areThoseOfTheResources() throws IOException {
        // Given
        Set<String> documented = new TreeSet<>();
        OpenApiDocument.fetch()
                .root()
                .at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> documented.add(operation.getKey() + " " + path.getKey())));

        // When
        Set<String> implemented = new TreeSet<>();
        for (Class<?> resource : new Class<?>[] {
            PublishResource.class,
            BatchResource.class,
            HistoryResource.class,
            ChannelResource.class,
            ChannelListResource.class,
            TimeResource.class,
            RevocationResource.class,
            TokenResource.class,
            KeyListResource.class,
            KeyResource.class,
            KeySetResource.class,
            ConnectionListResource.class,
            ConnectionResource.class,
            SubjectConnectionsResource.class,
            ErrorResource.class
        }) {
            Arrays.stream(resource.getDeclaredMethods())
                    .flatMap(method -> Arrays.stream(method.getAnnotations()))
                    .map(Annotation::annotationType)
                    .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                    .forEach(type -> implemented.add(type.getSimpleName().toLowerCase(Locale.ROOT) + " "
                            + resource.getAnnotation(Path.class).value()));
        }

        // Then
        assertThat(documented).isEqualTo(implemented);
    }

    @Test
    void examples_fitTheirSchemas() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();
        int[] checked = {0};

        // When, Then
        for (JsonNode media : document.root().findValues("content")) {
            media.properties()
                    .forEach(entry -> entry.getValue()
                            .at("/examples")
                            .properties()
                            .forEach(example -> {
                                JsonNode value = example.getValue().at("/value");
                                assertThat(document.schema(entry.getValue().at("/schema"))
                                                .validate(value.toString(), InputFormat.JSON))
                                        .as("%s of %s", example.getKey(), entry.getKey())
                                        .isEmpty();
                                checked[0]++;
                            }));
        }
        assertThat(checked[0]).isGreaterThanOrEqualTo(16);
    }

    @Test
    void examplesOfProblems_areTheTextsOfErrorCode() throws IOException {
        // Given
        Set<Integer> known = new TreeSet<>();

        // When
        for (JsonNode example :
                OpenApiDocument.fetch().root().at("/components/responses").findValues("value")) {
            ErrorCode code = Arrays.stream(ErrorCode.values())
                    .filter(c -> c.number() == example.at("/code").asInt())
                    .findFirst()
                    .orElseThrow();
            known.add(code.number());

            // Then
            assertThat(JSON.readTree(new Problem(code, example.at("/detail").asText()).toJson()))
                    .isEqualTo(example);
        }
        assertThat(known).hasSize(26);
    }

    @Test
    void everyAnswer_hasAnExample() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();

        // When, Then
        for (JsonNode path : document.root().at("/paths")) {
            for (JsonNode operation : path) {
                operation.at("/responses").properties().forEach(response -> {
                    JsonNode reference = response.getValue().at("/$ref");
                    JsonNode answer = reference.isMissingNode()
                            ? response.getValue()
                            : document.root().at(reference.asText().substring(1));
                    assertThat(answer.at("/content").findValues("examples"))
                            .as("%s of %s", response.getKey(), operation.at("/operationId"))
                            .isNotEmpty();
                });
            }
        }
    }

    @Test
    void answers_fitTheirSchemas() throws IOException {
        // Given
        OpenApiDocument document = OpenApiDocument.fetch();

        // When
        HttpResponse<String> receipt = Api.publish("openapi", "{\"data\":1}");
        HttpResponse<String> problem = Api.publish("openapi", "{}");
        HttpResponse<String> explanation = Api.get("/v1/errors/internal");
        HttpResponse<String> receipts =
                Api.publish("openapi", "[{\"data\":\"AA==\",\"encoding\":\"base64\",\"extras\":{}}]");
        HttpResponse<String> results = Api.publishBatch("[{\"channel\":\"openapi\",\"data\":1},{\"data\":1}]");
        HttpResponse<String> page = Api.get("/v1/channels/openapi/messages");
        HttpResponse<String> channel = Api.get("/v1/channels/openapi");
        HttpResponse<String> channels = Api.get("/v1/channels?prefix=openapi");
        HttpResponse<String> time = Api.get("/v1/time");
        HttpResponse<String> keys = Api.get("/v1/keys");
        HttpResponse<String> keySet = Api.get("/.well-known/jwks.json");

        // Then
        assertThat(document.named("PublishReceipt").validate(receipt.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("PublishReceipts").validate(receipts.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("BatchResults").validate(results.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("HistoryPage").validate(page.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("Channel").validate(channel.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("ChannelList").validate(channels.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("Time").validate(time.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("KeyList").validate(keys.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("KeySet").validate(keySet.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("Problem").validate(problem.body(), InputFormat.JSON))
                .isEmpty();
        assertThat(document.named("ErrorExplanation").validate(explanation.body(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void examplesOfRequests_arePublished() throws IOException {
        // Given
        JsonNode paths = OpenApiDocument.fetch().root().at("/paths");

        // When, Then
        paths.properties()
                .forEach(path -> path.getValue()
                        .at("/post/requestBody/content")
                        .properties()
                        .forEach(media -> media.getValue().at("/examples").forEach(example -> {
                            JsonNode value = example.at("/value");
                            String body = value.isTextual() ? value.asText() : value.toString();
                            HttpResponse<String> answer = Api.send(HttpRequest.newBuilder(
                                            Api.address(path.getKey().replace("{channel}", "openapi")))
                                    .header("Content-Type", media.getKey())
                                    .headers(credentials(path.getKey()))
                                    .POST(BodyPublishers.ofString(body)));
                            assertThat(answer.statusCode()).isEqualTo(201);
                        })));
    }

    /// Tokens are for those who hold API keys; all else is for strangers too, here.
    private static String[] credentials(String path) {
        return path.equals("/v1/tokens")
                ? new String[] {"Authorization", "Bearer " + Api.newKey(Api.EVERYTHING)}
                : new String[] {"Accept", "application/json"};
    }

    private static String officialSchema() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Schema schemaOf(String schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON);
    }
}
