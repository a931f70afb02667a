package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Without `quarkus.http.proxy.*` nobody gets more by naming itself.
@QuarkusTest
@TestProfile(UnbelievedProxyTest.OnePerCaller.class)
class UnbelievedProxyTest {

    /// One request of a caller at a time.
    public static final class OnePerCaller extends InMemoryProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("fanfare.admission.max-in-flight-per-caller", "1");
            return settings;
        }
    }

    private static HttpResponse<String> publishAs(String caller) {
        return Api.send(Api.post("pressure", "application/json", "{\"data\":1}".getBytes(UTF_8))
                .header("X-Forwarded-For", caller));
    }

    @Test
    void forwardedAddress_isIgnored() throws Exception {
        // Given
        ScriptedBroker broker = Arc.container().instance(ScriptedBroker.class).get();
        broker.hold();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> held = callers.submit(() -> publishAs("192.0.2.1"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !broker.published().isEmpty());

            // When
            HttpResponse<String> answer = publishAs("192.0.2.2");
            broker.repair();

            // Then
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(held.get().statusCode()).isEqualTo(201);
        }
    }
}
