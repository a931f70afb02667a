package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading over HTTP from the in-memory broker.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class ReadResourcesTest {

    private final ScriptedBroker broker =
            Arc.container().instance(ScriptedBroker.class).get();

    @AfterEach
    void repair() {
        broker.repair();
    }

    @Test
    void history_hasTheMessagesAsSubscribersGetThemNewestFirst() {
        // Given
        Api.publish("read.a", "{\"data\":{\"n\":1.50},\"id\":\"a\",\"name\":\"n\"}");
        Api.publish("read.a", "{\"data\":2,\"id\":\"b\",\"extras\":{\"x\":1}}");

        // When
        HttpResponse<String> answer = Api.get("/v1/channels/read.a/messages");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Link")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
                .matches("\\{\"channel\":\"read.a\",\"position\":\\{\"epoch\":\"(\\w+)\",\"offset\":2},\"messages\":\\["
                        + "\\{\"channel\":\"read.a\",\"message\":2,\"id\":\"b\",\"timestamp\":\\d+,\"extras\":\\{\"x\":1},"
                        + "\"epoch\":\"\\1\",\"offset\":2},"
                        + "\\{\"channel\":\"read.a\",\"message\":\\{\"n\":1.50},\"id\":\"a\",\"timestamp\":\\d+,\"name\":\"n\","
                        + "\"epoch\":\"\\1\",\"offset\":1}]}");
    }

    @Test
    void pageThatIsNotTheLast_linksToTheNext() {
        // Given
        String epoch = published("read.link", 3);

        // When
        HttpResponse<String> backwards = Api.get("/v1/channels/read.link/messages?limit=2");
        HttpResponse<String> forwards = Api.get("/v1/channels/read.link/messages?limit=2&direction=forwards&start=1");

        // Then
        assertThat(backwards.headers().firstValue("Link"))
                .hasValue("<messages?direction=backwards&limit=2&to=" + epoch + ":1>; rel=\"next\"");
        assertThat(forwards.headers().firstValue("Link"))
                .hasValue("<messages?direction=forwards&limit=2&from=" + epoch + ":2&to=" + epoch
                        + ":3&start=1>; rel=\"next\"");
    }

    @Test
    void partBetweenPositions_hasItsEndAndNotItsBeginning() {
        // Given
        String epoch = published("read.part", 5);

        // When
        HttpResponse<String> answer =
                Api.get("/v1/channels/read.part/messages?direction=forwards&from=" + epoch + ":1&to=" + epoch + ":3");

        // Then
        assertThat(answer.body())
                .contains("\"offset\":2}", "\"offset\":3}")
                .doesNotContain("\"offset\":1}", "\"offset\":4}");
        assertThat(answer.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void channelThatNobodyUsed_isEmptyAndWithoutPosition() {
        // When
        HttpResponse<String> history = Api.get("/v1/channels/read.unknown/messages");
        HttpResponse<String> channel = Api.get("/v1/channels/read.unknown");

        // Then
        assertThat(history.body()).isEqualTo("{\"channel\":\"read.unknown\",\"messages\":[]}");
        assertThat(channel.body())
                .isEqualTo(
                        "{\"channel\":\"read.unknown\",\"kept\":0,\"occupancy\":{\"gateways\":0},\"rule\":{\"pattern\":\"*\","
                                + "\"historySize\":100,\"historyTtlMs\":600000,\"replicas\":0,\"conflate\":false}}");
    }

    @Test
    void positionThatIsNotThere_isToldInsteadOfSkippingMessages() {
        // Given
        String epoch = published("read.old", 105);
        String address = "/v1/channels/read.old/messages?direction=forwards&from=";

        // When
        HttpResponse<String> tooOld = Api.get(address + epoch + ":4");
        HttpResponse<String> oldest = Api.get(address + epoch + ":5");
        HttpResponse<String> future = Api.get(address + epoch + ":106");
        HttpResponse<String> other = Api.get(address + "other:4");
        HttpResponse<String> unknown = Api.get("/v1/channels/read.none/messages?to=other:4");

        // Then
        assertProblem(tooOld, ErrorCode.POSITION_TOO_OLD);
        assertThat(oldest.statusCode()).isEqualTo(200);
        assertProblem(future, ErrorCode.POSITION_UNKNOWN);
        assertProblem(other, ErrorCode.POSITION_UNKNOWN);
        assertProblem(unknown, ErrorCode.POSITION_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "limit=-1",
                "limit=99999999999999999999",
                "limit=",
                "limit=1&limit=1",
                "limt=1",
                "direction=up",
                "direction=",
                "from=7",
                "from=e:",
                "from=e:-1",
                "from=:1",
                "from=e:1:2",
                "from=e%C3%A9:1",
                "to=e:9999999999999999999",
                "from=e:2&to=e:1",
                "from=e:1&to=f:2",
                "start=x",
                "start=-1",
                "end=9999999999999999",
                "start=2&end=1"
            })
    void badParameter_isRefused(String query) {
        // When, Then
        assertProblem(Api.get("/v1/channels/read.a/messages?" + query), ErrorCode.PARAMETER_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/channels/a%20b/messages, CHANNEL_INVALID",
        "/v1/channels/a;b/messages,   CHANNEL_INVALID",
        "/v1/channels/a*,             CHANNEL_INVALID",
        "/v1/channels/a?x=1,          PARAMETER_INVALID",
        "/v1/channels?prefix=a*,      PARAMETER_INVALID",
        "/v1/channels?cursor=x,       PARAMETER_INVALID",
        "/v1/channels?cursor=0.a&cursor=0.a, PARAMETER_INVALID",
        "/v1/channels?limit=1001,     PARAMETER_INVALID",
        "/v1/channels?x=1,            PARAMETER_INVALID",
        "/v1/time?x=1,                PARAMETER_INVALID"
    })
    void badAddress_isRefused(String address, ErrorCode code) {
        // When, Then
        assertProblem(Api.get(address), code);
    }

    @Test
    void channel_saysWhereItStandsAndWhatHolds() {
        // Given
        String epoch = published("read.channel", 3);

        // When
        HttpResponse<String> answer = Api.get("/v1/channels/read.channel");

        // Then
        assertThat(answer.body())
                .startsWith("{\"channel\":\"read.channel\",\"position\":{\"epoch\":\"" + epoch
                        + "\",\"offset\":3},\"kept\":3,\"occupancy\":{\"gateways\":0},\"rule\":{\"pattern\":\"*\",");
    }

    @Test
    void channels_areListedByPrefixInPages() {
        // Given
        published("read.list.1", 1);
        published("read.list.2", 1);
        published("read.list.3", 1);

        // When
        HttpResponse<String> first = Api.get("/v1/channels?prefix=read.list.&limit=2");
        HttpResponse<String> second = Api.get("/v1/channels?prefix=read.list.&limit=2&cursor=0.read.list.2");

        // Then
        assertThat(first.body())
                .contains("\"channel\":\"read.list.1\"", "\"channel\":\"read.list.2\"", "\"next\":\"0.read.list.2\"");
        assertThat(first.headers().firstValue("Link"))
                .hasValue("<channels?limit=2&cursor=0.read.list.2&prefix=read.list.>; rel=\"next\"");
        assertThat(second.body()).contains("\"channel\":\"read.list.3\"").doesNotContain("\"next\"", "read.list.2");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void time_isThatOfTheService() {
        // Given
        long before = System.currentTimeMillis();

        // When
        String body = Api.get("/v1/time").body();

        // Then
        assertThat(body).matches("\\{\"timestamp\":\\d{13}}");
        assertThat(Long.parseLong(body.replaceAll("\\D", ""))).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void brokerAway_isA503() {
        // Given
        broker.breakWith(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));

        // When
        HttpResponse<String> answer = Api.get("/v1/channels/read.a/messages");

        // Then
        assertProblem(answer, ErrorCode.BROKER_UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).hasValueSatisfying(Api::assertIsRetryAfter);
    }

    @Test
    void readsOverTheLimit_areShedAndPublishingGoesOn() throws Exception {
        // Given
        published("read.full", 1);
        broker.hold();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> held = new ArrayList<>();
            for (int i = 0; i < InMemoryProfile.MAX_READS_IN_FLIGHT; i++) {
                held.add(callers.submit(() -> Api.get("/v1/channels/read.full/messages")));
            }

            // When
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Api.get("/v1/channels/read.full").statusCode() == 503);
            HttpResponse<String> array = Api.publish("read.full", "[{\"data\":1}]");
            broker.repair();

            // Then
            assertThat(array.statusCode()).isEqualTo(201);
            for (Future<HttpResponse<String>> answer : held) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(Api.get("/q/metrics").body())
                .contains("fanfare_read_duration_seconds_count{outcome=\"overloaded\"}");
    }

    /// Publishes so many messages and returns the channel's epoch.
    private static String published(String channel, int messages) {
        String body = "";
        for (int i = 0; i < messages; i++) {
            body = Api.publish(channel, "{\"data\":" + i + "}").body();
        }
        return body.replaceAll(".*\"epoch\":\"(\\w+)\".*", "$1");
    }

    private static void assertProblem(HttpResponse<String> answer, ErrorCode code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.httpStatus());
        assertThat(answer.body()).contains("\"code\":" + code.number() + ",");
    }
}
