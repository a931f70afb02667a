package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP edge of the whole service, over the in-memory broker.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class PublishResourceTest {

    /// Long enough for any answer of this machine, short because each raw exchange waits it out.
    private static final int SILENCE_MILLIS = 600;

    private final ScriptedBroker broker =
            Arc.container().instance(ScriptedBroker.class).get();

    @AfterEach
    void repair() {
        broker.repair();
    }

    @Test
    void jsonMessage_isPublishedAndAnsweredWithItsPosition() {
        // When
        HttpResponse<String> first = Api.publish("api.first", "{\"data\":{\"n\":1.50},\"id\":\"a\",\"name\":\"n\"}");
        HttpResponse<String> second = Api.publish("api.first", "{\"data\":2}");

        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(first.body())
                .matches(
                        "\\{\"channel\":\"api.first\",\"id\":\"a\",\"epoch\":\"\\w+\",\"offset\":1,\"duplicate\":false}");
        assertThat(second.body()).contains("\"offset\":2").containsPattern("\"id\":\"[0-9A-Za-z]{22}\"");
        assertThat(broker.published())
                .anySatisfy(message -> assertThat(message.data()).hasToString("{\"n\":1.50}"));
    }

    @Test
    void sameIdAgain_isAnsweredAsDuplicate() {
        // Given
        Api.publish("api.twice", "{\"data\":\"once\",\"id\":\"a\"}");

        // When
        HttpResponse<String> again = Api.send(
                Api.post("api.twice", "text/plain", "once".getBytes(UTF_8)).header("Idempotency-Key", "\"a\""));

        // Then
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).contains("\"id\":\"a\"", "\"offset\":1", "\"duplicate\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":2,\"id\":\"a\"}", "{\"data\":1,\"id\":\"a\",\"name\":\"n\"}"})
    void sameIdForAnotherMessage_isRefusedAndNothingStored(String other) {
        // Given
        Api.publish("api.taken", "{\"data\":1,\"id\":\"a\"}");

        // When
        HttpResponse<String> answer = Api.publish("api.taken", other);

        // Then
        assertProblem(answer, ErrorCode.ID_TAKEN);
        assertThat(Api.publish("api.taken", "{\"data\":1,\"id\":\"a\"}").body())
                .contains("\"offset\":1", "\"duplicate\":true");
    }

    @Test
    void arrayWithTheIdOfAnotherMessage_isRefusedWhole() {
        // Given
        Api.publish("api.array.taken", "{\"data\":1,\"id\":\"b\"}");

        // When
        HttpResponse<String> answer =
                Api.publish("api.array.taken", "[{\"data\":1,\"id\":\"a\"},{\"data\":2,\"id\":\"b\"}]");

        // Then
        assertProblem(answer, ErrorCode.ID_TAKEN);
        assertThat(answer.body()).contains("message 1: ");
        assertThat(Api.publish("api.array.taken", "{\"data\":1}").body()).contains("\"offset\":2");
    }

    @Test
    void text_isPublishedAsAStringWithItsParameters() {
        // When
        HttpResponse<String> answer = Api.send(
                HttpRequest.newBuilder(Api.address("/v1/channels/api.text/messages?id=t1&name=n%20m&clientId=%C3%A9+"))
                        .header("Content-Type", "text/plain;charset=iso-8859-1")
                        .POST(BodyPublishers.ofByteArray("é\n".getBytes(ISO_8859_1))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        Message message = broker.newest();
        assertThat(message.data()).hasToString("\"é\\n\"");
        assertThat(message.id()).isEqualTo("t1");
        assertThat(message.name()).isEqualTo("n m");
        assertThat(message.clientId()).isEqualTo("é ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a%2Fb                | a/b
            a+b                  | a+b
            a%20b                | -
            a%3Bb%3F%23%25       | a;b?#%
            %61%62               | ab
            orders:42!$&'()~,=@  | orders:42!$&'()~,=@
            %c3%a9               | -
            %ff                  | -
            %00                  | -
            a%22b                | -
            a*                   | -
            %7Ba%7D              | -
            a%5Cb                | -
            """)
    void channelOfTheAddress_isPercentDecoded(String segment, String channel) {
        // When
        HttpResponse<String> answer = Api.publish(segment, "{\"data\":1}");

        // Then
        if (channel.equals("-")) {
            assertProblem(answer, ErrorCode.CHANNEL_INVALID);
        } else {
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(broker.newest().channel().name()).isEqualTo(channel);
        }
    }

    @Test
    void channelOf255Characters_isTheLongest() {
        // When
        HttpResponse<String> longest = Api.publish("a".repeat(255), "{\"data\":1}");
        HttpResponse<String> tooLong = Api.publish("a".repeat(256), "{\"data\":1}");

        // Then
        assertThat(longest.statusCode()).isEqualTo(201);
        assertProblem(tooLong, ErrorCode.CHANNEL_INVALID);
    }

    @Test
    void bareSemicolon_isRefusedInsteadOfCuttingTheName() {
        // When
        HttpResponse<String> answer = Api.publish("a;b", "{\"data\":1}");

        // Then
        assertProblem(answer, ErrorCode.CHANNEL_INVALID);
        assertThat(answer.body()).contains("%3B");
    }

    @Test
    void bodyOverTheLimit_isRefusedAndTheConnectionLivesOn() throws IOException {
        // Given
        String request = post(
                        "Content-Type: application/json\r\nContent-Length: 20011\r\n",
                        "{\"data\":\"" + "x".repeat(20_000) + "\"}")
                + post("Content-Type: application/json\r\nContent-Length: 10\r\n", "{\"data\":1}");

        // When
        String answers = RawHttp.exchange(request, SILENCE_MILLIS);

        // Then
        assertThat(answers)
                .startsWith("HTTP/1.1 413")
                .contains("\"code\":41300")
                .contains("HTTP/1.1 201");
    }

    @Test
    void dataOverTheLimit_isRefusedAlsoWhenTheBodyFits() {
        // Given
        byte[] escapes = "\u0001".repeat(InMemoryProfile.MAX_MESSAGE_BYTES / 6).getBytes(UTF_8);
        byte[] oneMore =
                "\u0001".repeat(InMemoryProfile.MAX_MESSAGE_BYTES / 6 + 1).getBytes(UTF_8);

        // When
        HttpResponse<String> atTheLimit = Api.send(Api.post("api.size", "text/plain", escapes));
        HttpResponse<String> overIt = Api.send(Api.post("api.size", "text/plain", oneMore));

        // Then
        assertThat(atTheLimit.statusCode()).isEqualTo(201);
        assertProblem(overIt, ErrorCode.MESSAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 3000000\r\n", "Content-Length: 5000000000\r\n", "Transfer-Encoding: chunked\r\n"
            })
    void hugeBody_isRefusedBeforeItHasArrivedAndTheConnectionClosed(String length) throws IOException {
        // Given
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String request = post("Content-Type: text/plain\r\n" + length, chunk.repeat(30));

        // When
        String answer = RawHttp.exchange(request, 5_000);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json", "\"code\":41300");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("connection: close");
    }

    @Test
    void clientThatAsksFirst_isRefusedBeforeItSendsTheBody() throws IOException {
        // Given
        String head = "Content-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: ";

        // When
        String tooLarge = RawHttp.exchange(post(head + "3000000\r\n", ""), SILENCE_MILLIS);
        String fitting = RawHttp.exchange(post(head + "3\r\n", "abc"), SILENCE_MILLIS);

        // Then
        assertThat(tooLarge).startsWith("HTTP/1.1 413");
        assertThat(fitting).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 201");
    }

    @Test
    void bodyThatTricklesIn_isGivenUp() {
        // Given
        var slow = BodyPublishers.ofInputStream(SlowBody::new);

        // When
        HttpResponse<String> answer = Api.send(HttpRequest.newBuilder(Api.address("/v1/channels/a/messages"))
                .header("Content-Type", "text/plain")
                .timeout(Duration.ofSeconds(20))
                .POST(slow));

        // Then
        assertProblem(answer, ErrorCode.BODY_INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT     | /v1/channels/a/messages | METHOD_NOT_ALLOWED
            POST    | /v1/channels/a          | METHOD_NOT_ALLOWED
            POST    | /v1/channels            | METHOD_NOT_ALLOWED
            GET     | /v1/messages            | METHOD_NOT_ALLOWED
            GET     | /v1/channels/a/message  | NOT_FOUND
            DELETE  | /v1/channels/a/messages | METHOD_NOT_ALLOWED
            POST    | /v1/errors/internal     | METHOD_NOT_ALLOWED
            GET     | /                       | NOT_FOUND
            POST    | /nowhere                | NOT_FOUND
            POST    | /v1/channels//messages  | METHOD_NOT_ALLOWED
            POST    | /v1/channels/a/message  | NOT_FOUND
            GET     | /v1/errors/nothing      | NOT_FOUND
            GET     | /q/nothing              | NOT_FOUND
            """)
    void otherAddressOrMethod_isAProblem(String method, String path, ErrorCode code) {
        // When
        HttpResponse<String> answer =
                Api.send(HttpRequest.newBuilder(Api.address(path)).method(method, BodyPublishers.ofString("x")));

        // Then
        assertProblem(answer, code);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/channels/a/messages, 'GET, HEAD, OPTIONS, POST'",
        "/v1/channels/a, 'GET, HEAD, OPTIONS'",
        "/v1/messages, 'OPTIONS, POST'",
        "/v1/errors/internal, 'GET, HEAD, OPTIONS'"
    })
    void methodNotAllowed_namesTheOnesThatAre(String path, String allow) {
        // When
        HttpResponse<String> answer =
                Api.send(HttpRequest.newBuilder(Api.address(path)).method("PATCH", BodyPublishers.noBody()));

        // Then
        assertProblem(answer, ErrorCode.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Accept       | text/html            | NOT_ACCEPTABLE
            Accept       | ;;;                  | NOT_ACCEPTABLE
            Content-Type | application/xml      | MEDIA_TYPE_UNSUPPORTED
            Content-Type | no media type        | MEDIA_TYPE_UNSUPPORTED
            Content-Encoding | gzip             | MEDIA_TYPE_UNSUPPORTED
            """)
    void wrongHeader_isAProblem(String name, String value, ErrorCode code) {
        // Given
        HttpRequest.Builder request = Api.post("a", "application/json", "{\"data\":1}".getBytes(UTF_8));

        // When
        HttpResponse<String> answer = Api.send(request.setHeader(name, value));

        // Then
        assertProblem(answer, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/json", "text/html, application/json;q=0.1"})
    void acceptHeaderThatAllowsJson_isServed(String accept) {
        // When
        HttpResponse<String> answer = Api.send(Api.post("a", "application/json", "{\"data\":1}".getBytes(UTF_8))
                .header("Accept", accept));

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @Test
    void array_isStoredInItsOrderWithAReceiptForEachMessage() {
        // Given
        Api.publish("api.array", "{\"data\":2,\"id\":\"b\"}");

        // When
        HttpResponse<String> answer = Api.publish(
                "api.array", "[{\"data\":1,\"id\":\"a\"},{\"data\":2,\"id\":\"b\"},{\"data\":3,\"id\":\"c\"}]");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .matches("\\[\\{\"channel\":\"api.array\",\"id\":\"a\",.*\"offset\":2,\"duplicate\":false},"
                        + "\\{.*\"id\":\"b\",.*\"offset\":1,\"duplicate\":true},"
                        + "\\{.*\"id\":\"c\",.*\"offset\":3,\"duplicate\":false}]");
    }

    @Test
    void arrayWithOneBadMessage_storesNothing() {
        // Given
        int before = broker.published().size();

        // When
        HttpResponse<String> answer = Api.publish("api.array.bad", "[{\"data\":1},{\"idd\":2}]");

        // Then
        assertProblem(answer, ErrorCode.BODY_INVALID);
        assertThat(answer.body()).contains("message 1");
        assertThat(broker.published()).hasSize(before);
    }

    @Test
    void arrayOverItsLimits_isRefused() {
        // Given
        String message = "{\"data\":1}";
        String large = "{\"data\":\"" + "x".repeat(InMemoryProfile.MAX_MESSAGE_BYTES) + "\"}";

        // When
        HttpResponse<String> longest = Api.publish("api.many", array(message, InMemoryProfile.MAX_BATCH_MESSAGES));
        HttpResponse<String> tooMany = Api.publish("api.many", array(message, InMemoryProfile.MAX_BATCH_MESSAGES + 1));
        HttpResponse<String> tooLarge = Api.publish("api.many", "[" + message + "," + large + "]");
        HttpResponse<String> tooLong =
                Api.publish("api.many", "[" + message + "]" + " ".repeat(InMemoryProfile.MAX_BATCH_BYTES));

        // Then
        assertThat(longest.statusCode()).isEqualTo(201);
        assertProblem(tooMany, ErrorCode.TOO_MANY_MESSAGES);
        assertProblem(tooLarge, ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(tooLarge.body()).contains("message 1");
        assertProblem(tooLong, ErrorCode.MESSAGE_TOO_LARGE);
    }

    private static String array(String message, int count) {
        return "[" + String.join(",", Collections.nCopies(count, message)) + "]";
    }

    @Test
    void headerAndIdThatDiffer_areA422() {
        // When
        HttpResponse<String> answer =
                Api.send(Api.post("a", "application/json", "{\"data\":1,\"id\":\"i\"}".getBytes(UTF_8))
                        .header("Idempotency-Key", "j"));

        // Then
        assertProblem(answer, ErrorCode.IDS_CONTRADICT);
    }

    @Test
    void brokerAway_isA503WithTheTimeToWait() {
        // Given
        broker.breakWith(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));

        // When
        HttpResponse<String> answer = Api.publish("a", "{\"data\":1}");

        // Then
        assertProblem(answer, ErrorCode.BROKER_UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).hasValueSatisfying(Api::assertIsRetryAfter);
    }

    @Test
    void unexpectedFailure_keepsItsReasonsToItself() {
        // Given
        broker.breakWith(new IllegalStateException("secret of the house"));

        // When
        HttpResponse<String> answer = Api.publish("a", "{\"data\":1}");

        // Then
        assertProblem(answer, ErrorCode.INTERNAL);
        assertThat(answer.body()).doesNotContain("secret", "Exception");
    }

    @Test
    void fullInstance_shedsTheNextRequestAndServesTheOthers() throws Exception {
        // Given
        int before = broker.published().size();
        broker.hold();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> held = new ArrayList<>();
            for (int i = 0; i < InMemoryProfile.MAX_IN_FLIGHT; i++) {
                held.add(callers.submit(() -> Api.publish("api.full", "{\"data\":1}")));
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> broker.published().size() - before == InMemoryProfile.MAX_IN_FLIGHT);

            // When
            HttpResponse<String> shed = Api.publish("api.full", "{\"data\":1}");
            broker.repair();

            // Then
            assertProblem(shed, ErrorCode.OVERLOADED);
            assertThat(shed.headers().firstValue("Retry-After")).hasValueSatisfying(Api::assertIsRetryAfter);
            for (Future<HttpResponse<String>> answer : held) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }
        }
        assertThat(Api.publish("api.full", "{\"data\":1}").statusCode()).isEqualTo(201);
    }

    @Test
    void whatIsNoHttp_isAnsweredBelowTheRouter() throws IOException {
        // When, Then
        assertThat(RawHttp.exchange("NONSENSE\r\n\r\n", SILENCE_MILLIS)).startsWith("HTTP/1.0 400");
        assertThat(RawHttp.exchange("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", SILENCE_MILLIS))
                .startsWith("HTTP/1.1 400");
        assertThat(RawHttp.exchange("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n", SILENCE_MILLIS))
                .startsWith("HTTP/1.0 414");
        assertThat(RawHttp.exchange(
                        "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(30_000) + "\r\n\r\n", SILENCE_MILLIS))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void typeOfAProblem_isExplainedAtItsAddress() {
        // Given
        Predicate<ErrorCode> isExplained = code -> {
            HttpResponse<String> answer = Api.get(ErrorResource.pathOf(code));
            return answer.statusCode() == 200 && answer.body().contains("\"code\":" + code.number() + ",");
        };

        // When, Then
        assertThat(ErrorCode.values()).allMatch(isExplained);
    }

    @Test
    void foreignOrigin_getsNoPermission() {
        // When
        HttpResponse<String> answer = Api.send(Api.post("a", "application/json", "{\"data\":1}".getBytes(UTF_8))
                .header("Origin", "https://elsewhere.example"));

        // Then
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    private static String post(String headers, String body) {
        return "POST /v1/channels/a/messages HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    private static void assertProblem(HttpResponse<String> answer, ErrorCode code) {
        assertThat(answer.statusCode()).isEqualTo(code.httpStatus());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .startsWith("{\"type\":\"" + ErrorResource.pathOf(code) + "\"")
                .contains("\"code\":" + code.number() + ",", "\"status\":" + code.httpStatus(), "\"remedy\":");
    }
}
