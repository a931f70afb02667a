package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.MetricsPage;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one caller may have in hand, and how many bytes all may, over the in-memory broker. Clients name
/// themselves by `X-Forwarded-For` here, because the configuration says to believe it.
@QuarkusTest
@TestProfile(BackPressureTest.Small.class)
class BackPressureTest {

    private static final int PER_CALLER = 2;
    private static final String BODY = "{\"data\":\"" + "x".repeat(980) + "\"}";

    /// Room for one body of the longest, but not beside three of the largest messages.
    public static final class Small extends InMemoryProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("fanfare.admission.max-in-flight-per-caller", String.valueOf(PER_CALLER));
            settings.put("fanfare.admission.max-bytes-in-hand", "10K");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }

    private final ScriptedBroker broker =
            Arc.container().instance(ScriptedBroker.class).get();

    @AfterEach
    void repair() {
        broker.repair();
    }

    private static HttpRequest.Builder from(String caller, String json) {
        return Api.post("pressure", "application/json", json.getBytes(UTF_8)).header("X-Forwarded-For", caller);
    }

    /// Holds the answers to `held`, until `between` has been answered.
    private HttpResponse<String> whileHeld(List<HttpRequest.Builder> held, Supplier<HttpResponse<String>> between)
            throws Exception {
        int before = broker.published().size();
        broker.hold();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            held.forEach(request -> answers.add(callers.submit(() -> Api.send(request))));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> broker.published().size() - before == held.size());
            HttpResponse<String> answer = between.get();
            broker.repair();
            for (Future<HttpResponse<String>> each : answers) {
                assertThat(each.get().statusCode()).isEqualTo(201);
            }
            return answer;
        }
    }

    private static void assertRefused(HttpResponse<String> answer, ErrorCode code) {
        assertThat(answer.statusCode()).isEqualTo(code.httpStatus());
        assertThat(answer.body()).contains("\"code\":" + code.number() + ",", "nothing was stored");
        assertThat(answer.headers().firstValue("Retry-After")).hasValueSatisfying(Api::assertIsRetryAfter);
    }

    private static double refusedAsTooMany() {
        return new MetricsPage(Api.get("/q/metrics").body())
                .sum("fanfare_publish_admissions_total{outcome=\"too-many\"}")
                .orElseThrow();
    }

    @Test
    void callerWithAsMuchAsItMay_isA429WhileOthersAreServed() throws Exception {
        // Given
        List<HttpRequest.Builder> held = List.of(
                from("192.0.2.1", "{\"data\":1}"),
                from("192.0.2.1", "{\"data\":1}"),
                from("192.0.2.2", "{\"data\":1}"));

        double refusedBefore = refusedAsTooMany();

        // When
        HttpResponse<String> answer =
                whileHeld(held, () -> Api.send(from("192.0.2.1", "{\"data\":1,\"id\":\"refused\"}")));

        // Then
        assertThat(refusedAsTooMany() - refusedBefore).isEqualTo(1);
        assertRefused(answer, ErrorCode.TOO_MANY_REQUESTS);
        assertThat(broker.published()).noneMatch(message -> message.id().equals("refused"));
        assertThat(Api.send(from("192.0.2.1", "{\"data\":1}")).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesOverTheBudget_areA503AndFineOnceThereIsRoom(boolean isDeclared) throws Exception {
        // Given
        byte[] large =
                ("[" + (BODY + ",").repeat(4) + "{\"data\":1,\"id\":\"over\"}]" + " ".repeat(3500)).getBytes(UTF_8);
        HttpRequest.Builder over = HttpRequest.newBuilder(Api.address("/v1/channels/pressure/messages"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "192.0.2.9")
                .POST(
                        isDeclared
                                ? BodyPublishers.ofByteArray(large)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        List<HttpRequest.Builder> held =
                List.of(from("192.0.2.1", BODY), from("192.0.2.1", BODY), from("192.0.2.2", BODY));

        // When
        int before = broker.published().size();
        HttpResponse<String> answer = whileHeld(held, () -> Api.send(over));
        int stored = broker.published().size() - before;
        HttpResponse<String> afterwards = Api.send(over);

        // Then
        assertRefused(answer, ErrorCode.OVERLOADED);
        assertThat(stored).isEqualTo(held.size());
        assertThat(afterwards.statusCode()).isEqualTo(201);
        assertThat(Api.get("/q/metrics").body()).contains("fanfare_publish_bytes_in_hand_bytes 0.0");
    }
}
