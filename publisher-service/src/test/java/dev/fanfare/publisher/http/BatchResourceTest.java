package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Batches over the in-memory broker.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class BatchResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedBroker broker =
            Arc.container().instance(ScriptedBroker.class).get();

    @AfterEach
    void repair() {
        broker.repair();
    }

    @Test
    void batch_isPublishedToItsChannelsInItsOrder() throws IOException {
        // When
        HttpResponse<String> answer = Api.publishBatch("""
                [{"channel":"batch.a","data":1,"id":"1"},{"channel":"batch.b","data":2},
                 {"channel":"batch.a","data":3,"id":"3","name":"n"}]""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode results = JSON.readTree(answer.body());
        assertThat(results.findValuesAsText("status")).containsExactly("201", "201", "201");
        assertThat(results.findValuesAsText("channel")).containsExactly("batch.a", "batch.b", "batch.a");
        assertThat(results.findValuesAsText("offset")).containsExactly("1", "1", "2");
        assertThat(results.at("/2/receipt/id").asText()).isEqualTo("3");
    }

    @Test
    void longestChannel_isTaken() {
        // When
        HttpResponse<String> answer = Api.publishBatch("[{\"channel\":\"" + "c".repeat(255) + "\",\"data\":1}]");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void idOfAnotherMessage_isRefusedForItselfAndTheOthersAreStored() throws IOException {
        // Given
        Api.publish("batch.taken", "{\"data\":1,\"id\":\"a\"}");

        // When
        HttpResponse<String> answer = Api.publishBatch("""
                [{"channel":"batch.taken","data":1},{"channel":"batch.taken","data":2,"id":"a"},
                 {"channel":"batch.taken","data":3}]""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        JsonNode results = JSON.readTree(answer.body());
        assertThat(results.at("/0/receipt/offset").asInt()).isEqualTo(2);
        assertThat(results.at("/1/problem/code").asInt()).isEqualTo(ErrorCode.ID_TAKEN.number());
        assertThat(results.at("/2/receipt/offset").asInt()).isEqualTo(3);
    }

    @Test
    void badMessage_isAnsweredForItselfAndTheOthersAreStored() throws IOException {
        // When
        HttpResponse<String> answer = Api.publishBatch("""
                [{"channel":"batch.bad","data":1},{"channel":"a b","data":1},{"data":1},7,
                 {"channel":"batch.bad","data":2}]""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        JsonNode results = JSON.readTree(answer.body());
        assertThat(codesOf(results)).containsExactly(0, 40007, 40011, 40011, 0);
        assertThat(results.at("/4/receipt/offset").asInt()).isEqualTo(2);
        assertThat(results.at("/1/status").asInt()).isEqualTo(400);
    }

    @Test
    void channelWhoseRedisIsAway_isA503ForItsMessagesOnly() throws IOException {
        // Given
        broker.breakChannel("batch.away");

        // When
        HttpResponse<String> answer =
                Api.publishBatch("[{\"channel\":\"batch.away\",\"data\":1},{\"channel\":\"batch.here\",\"data\":1}]");

        // Then
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.headers().firstValue("Retry-After")).hasValueSatisfying(Api::assertIsRetryAfter);
        assertThat(codesOf(JSON.readTree(answer.body()))).containsExactly(50300, 0);
    }

    @Test
    void messageThatIsTooLarge_isRefusedForItself() throws IOException {
        // Given
        String large = "x".repeat(InMemoryProfile.MAX_MESSAGE_BYTES);

        // When
        HttpResponse<String> answer = Api.publishBatch(
                "[{\"channel\":\"batch.size\",\"data\":\"" + large + "\"},{\"channel\":\"batch.size\",\"data\":1}]");

        // Then
        assertThat(codesOf(JSON.readTree(answer.body()))).containsExactly(41300, 0);
    }

    @Test
    void sameIdInOneChannel_isRefusedForTheSecond() throws IOException {
        // When
        HttpResponse<String> answer = Api.publishBatch("""
                [{"channel":"batch.c","data":1,"id":"i"},{"channel":"batch.d","data":1,"id":"i"},
                 {"channel":"batch.c","data":2,"id":"i"}]""");

        // Then
        assertThat(codesOf(JSON.readTree(answer.body()))).containsExactly(0, 0, 42200);
    }

    @Test
    void batchUnderAnIdempotencyKey_isStoredOnce() throws IOException {
        // Given
        HttpRequest.Builder request = HttpRequest.newBuilder(Api.address("/v1/messages"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(
                        "[{\"channel\":\"batch.key\",\"data\":1},{\"channel\":\"batch.key\",\"data\":2}]"));

        // When
        Api.send(request.copy());
        JsonNode again = JSON.readTree(Api.send(request).body());

        // Then
        assertThat(again.findValuesAsText("id")).containsExactly("k:0", "k:1");
        assertThat(again.findValuesAsText("offset")).containsExactly("1", "2");
        assertThat(again.findValuesAsText("duplicate")).containsExactly("true", "true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json         | []                              | BODY_INVALID
            application/json         | {"channel":"a","data":1}        | BODY_INVALID
            application/json         | 1                               | BODY_INVALID
            application/json         | [{"channel":"a","data":1}       | BODY_NOT_JSON
            application/json         | [{"channel":"a","data":1}] x    | BODY_NOT_JSON
            text/plain               | [{"channel":"a","data":1}]      | MEDIA_TYPE_UNSUPPORTED
            application/octet-stream | [{"channel":"a","data":1}]      | MEDIA_TYPE_UNSUPPORTED
            """)
    void whatIsNoBatch_isRefusedAsAWhole(String contentType, String body, ErrorCode code) {
        // When
        HttpResponse<String> answer = Api.send(HttpRequest.newBuilder(Api.address("/v1/messages"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(code.httpStatus());
        assertThat(answer.body()).contains("\"code\":" + code.number() + ",");
    }

    @Test
    void batchOverItsLimits_isRefusedAsAWhole() {
        // Given
        int published = broker.published().size();
        String message = "{\"channel\":\"batch.many\",\"data\":1}";
        String six = "[" + String.join(",", Collections.nCopies(InMemoryProfile.MAX_BATCH_MESSAGES + 1, message)) + "]";

        // When
        HttpResponse<String> tooMany = Api.publishBatch(six);
        HttpResponse<String> tooLong =
                Api.publishBatch("[" + message + "]" + " ".repeat(InMemoryProfile.MAX_BATCH_BYTES));

        // Then
        assertThat(tooMany.statusCode()).isEqualTo(413);
        assertThat(tooMany.body()).contains("\"code\":41301");
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.body()).contains("\"code\":41300");
        assertThat(broker.published()).hasSize(published);
    }

    /// The code of each problem, and 0 for each receipt.
    private static List<Integer> codesOf(JsonNode results) {
        return StreamSupport.stream(results.spliterator(), false)
                .map(result -> result.at("/problem/code").asInt())
                .toList();
    }
}
