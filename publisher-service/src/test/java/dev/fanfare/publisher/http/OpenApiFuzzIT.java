package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.publisher.RedisResource;
import dev.fanfare.publisher.http.DocumentedRequests.Sent;
import dev.fanfare.publisher.http.DocumentedRequests.Verdict;
import dev.fanfare.publisher.http.OpenApiDocument.Operation;
import dev.fanfare.testkit.KeyFolder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the OpenAPI document says, the service does: what the document allows is not refused as malformed, what it
/// forbids is refused, and each answer is one that the document names. `-Dfanfare.openapi.seed` and
/// `-Dfanfare.openapi.requests` choose other requests.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(OpenApiFuzzIT.Issuing.class)
class OpenApiFuzzIT {

    private static final Logger LOG = Logger.getLogger(OpenApiFuzzIT.class);
    private static final long SEED = Long.getLong("fanfare.openapi.seed", 20_261_124L);
    /// Of each operation and media type, valid and nearly valid.
    private static final int REQUESTS = Integer.getInteger("fanfare.openapi.requests", 300);
    /// Enough to see what is wrong.
    private static final int FAULTS_SHOWN = 5;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNEL = "it.openapi";
    private static final String INSTANCE = "it-openapi";
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

    @Inject
    ConnectionRegistry registry;

    private final String issuing = Api.newKey(Api.EVERYTHING);
    private final OpenApiDocument document = OpenApiDocument.fetch();
    private final DocumentedRequests requests = new DocumentedRequests(document, SEED, this::known);
    private final List<String> faults = new ArrayList<>();

    OpenApiFuzzIT() throws IOException {}

    /// Two connections, so that there is a second page of them.
    @BeforeEach
    void openConnections() {
        Duration lease = Duration.ofMinutes(10);
        registry.watch(INSTANCE, lease, 0).join();
        List<ConnectionChange> opened = Stream.of("c1", "c2")
                .<ConnectionChange>map(id -> new ConnectionChange.Opened(
                        new OpenConnection(id, "alice", "203.0.113.7", Instant.EPOCH, "plain", 0, List.of())))
                .toList();
        registry.report(INSTANCE, 1, opened, lease).join();
    }

    @Test
    void requests_areAnsweredAsTheDocumentSays() {
        for (Operation operation : document.operations()) {
            for (String type : mediaTypes(operation)) {
                // When
                Map<String, Integer> answers = new TreeMap<>();
                for (int i = 0; i < REQUESTS; i++) {
                    count(answers, requests.valid(operation, type));
                    count(answers, requests.nearlyValid(operation, type));
                }

                // Then
                LOG.infof("%s %s %s seed=%d", operation, type, answers, SEED);
                boolean mayBeForbidden = operation.node().has("parameters") || !type.isEmpty();
                assertThat(answers.keySet())
                        .as("%s %s", operation, type)
                        .contains("METHOD_FORBIDDEN 405", "TYPE_NOT_SERVED 406")
                        .anyMatch(answer -> answer.startsWith("ALLOWED 2"))
                        .anyMatch(answer -> answer.startsWith("FORBIDDEN 4") || !mayBeForbidden);
            }
        }
        assertThat(faults).isEmpty();
    }

    private void count(Map<String, Integer> answers, Sent sent) {
        answers.merge(sent.verdict() + " " + answered(sent).statusCode(), 1, Integer::sum);
    }

    @Test
    void examples_giveTheDocumentedSuccess() {
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
                    Sent sent = requests.example(operation, type, body);
                    HttpResponse<String> answer = answered(sent);

                    // Then
                    assertThat(answer.statusCode()).as(sent.toString()).isEqualTo(success);
                }
                assertThat(bodies).isNotEmpty();
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> mediaTypes(Operation operation) {
        List<String> types = new ArrayList<>();
        operation.node().at("/requestBody/content").fieldNames().forEachRemaining(types::add);
        return types.isEmpty() ? List.of("") : types;
    }

    private HttpResponse<String> answered(Sent sent) {
        String path = sent.operation().path();
        if (path.equals("/v1/tokens")) {
            sent.request().header("Authorization", "Bearer " + issuing);
        }
        if (path.contains("{key}")) {
            keepExampleOfKey();
        }
        HttpResponse<String> answer = Api.send(sent.request());
        List<String> wrong = new ArrayList<>();
        findUndocumented(sent.operation(), answer, wrong);
        if (!sent.verdict().fits(answer.statusCode())) {
            wrong.add("not for such a request");
        }
        findItems(sent.items(), answer, wrong);
        if (!wrong.isEmpty() && faults.size() < FAULTS_SHOWN) {
            faults.add("seed " + SEED + ": " + sent + " → " + answer.statusCode() + " " + answer.body() + ": " + wrong);
        }
        return answer;
    }

    /// The status is one that the document names for the operation, with a body of the documented schema and every
    /// header that is required.
    private void findUndocumented(Operation operation, HttpResponse<String> answer, List<String> wrong) {
        JsonNode response =
                document.resolved(operation.node().at("/responses").path(String.valueOf(answer.statusCode())));
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.at("/content").path(type);
        if (answer.statusCode() >= 500) {
            wrong.add("failed");
        } else if (response.isMissingNode()) {
            wrong.add("status is not documented");
        } else if (content.isMissingNode()) {
            wrong.add("type is not documented: " + type);
        } else {
            document.schema(content.get("schema"))
                    .validate(answer.body(), InputFormat.JSON)
                    .forEach(error -> wrong.add("body: " + error));
        }
        response.path("headers").properties().forEach(header -> {
            if (document.resolved(header.getValue()).path("required").asBoolean()
                    && answer.headers().firstValue(header.getKey()).isEmpty()) {
                wrong.add("there is no " + header.getKey());
            }
        });
    }

    /// Of a batch, each message that the document allows is not refused as malformed, and no other is taken.
    private static void findItems(List<Boolean> areAllowed, HttpResponse<String> answer, List<String> wrong) {
        if (areAllowed.isEmpty() || answer.statusCode() >= 300) {
            return;
        }
        try {
            JsonNode results = JSON.readTree(answer.body());
            for (int i = 0; i < areAllowed.size(); i++) {
                Verdict verdict = areAllowed.get(i) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
                if (!verdict.fits(results.path(i).path("status").asInt())) {
                    wrong.add("message " + i + " is " + verdict);
                }
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    /// A value that is there.
    private Optional<String> known(String name) {
        return switch (name) {
            case "#/components/schemas/PositionText" -> Optional.of(position());
            case "#/components/schemas/ChannelName" -> Optional.of(CHANNEL);
            case "listChannels cursor" -> next("/v1/channels?limit=1");
            case "listConnections cursor" -> next("/v1/connections?limit=1");
            case "listKeys cursor" -> next("/v1/keys?limit=1");
            default -> Optional.empty();
        };
    }

    private static String position() {
        HttpResponse<String> answer = Api.publish(CHANNEL, "{\"data\":1}");
        return answer.body().replaceAll(".*\"epoch\":\"(\\w+)\",\"offset\":(\\d+).*", "$1:$2");
    }

    private static Optional<String> next(String page) {
        try {
            return Optional.of(JSON.readTree(Api.get(page).body()).path("next").asText())
                    .filter(next -> !next.isEmpty());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The key of the example is there, and disabled, so that it can be removed.
    private void keepExampleOfKey() {
        String id = document.root().at("/components/parameters/Key/example").asText();
        store.create(new ApiKey.Draft(id, "0".repeat(64), "of the example", "{}"))
                .thenCompose(_ -> store.enable(id, false))
                .join();
    }
}
