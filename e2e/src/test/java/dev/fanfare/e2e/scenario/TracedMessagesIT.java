package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.TraceCollector;
import dev.fanfare.e2e.installation.TraceCollector.Step;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A caller's trace goes on through the publish API and Redis to every gateway that delivers the message.
class TracedMessagesIT {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @RegisterExtension
    static final TraceCollector COLLECTOR = TraceCollector.start();

    @RegisterExtension
    static final Fanfare FANFARE = traced(Service.PUBLISHER, traced(Service.GATEWAY, Fanfare.of()))
            .gateways(2)
            .publishers(1)
            .build();

    private static Fanfare.Builder traced(Service service, Fanfare.Builder builder) {
        return builder.setting(service, "fanfare.tracing.endpoint", COLLECTOR.endpoint())
                .setting(service, "fanfare.tracing.ratio", "0")
                .setting(service, "quarkus.otel.bsp.schedule.delay", "100ms");
    }

    private final PublishApi api = new PublishApi(FANFARE.publisher());

    private static Step only(String name) {
        List<Step> named = COLLECTOR.stepsOf(TRACE).stream()
                .filter(step -> step.name().equals(name))
                .toList();
        assertThat(named).as(name).hasSize(1);
        return named.getFirst();
    }

    @Test
    void traceOfTheCaller_isFollowedToBothGateways_andOthersAreNotRecorded() {
        // Given
        List<WebSocketProbe> clients = FANFARE.all(Service.GATEWAY).stream()
                .map(gateway -> {
                    WebSocketProbe client = FANFARE.connect(gateway);
                    subscribeAndAwait(client, "traced");
                    return client;
                })
                .toList();

        // When
        api.publish("traced", "\"before\"");
        api.publishTraced("traced", "\"it\"", "00-" + TRACE + "-" + CALLER + "-01");
        api.publishTraced("traced", "\"after\"", "00-" + TRACE.replace('0', '1') + "-" + CALLER + "-00");

        // Then
        await().atMost(TEN_SECONDS)
                .untilAsserted(() -> assertThat(COLLECTOR.stepsOf(TRACE)).hasSize(4));
        Step request = only("POST /v1/channels/{channel}/messages");
        Step publish = only("publish");
        assertThat(request.parentId()).isEqualTo(CALLER);
        assertThat(publish.parentId()).isEqualTo(request.spanId());
        assertThat(publish.service()).isEqualTo("publisher-service");
        assertThat(COLLECTOR.stepsOf(TRACE).stream().filter(step -> step.name().equals("deliver")))
                .hasSize(2)
                .allMatch(step -> step.service().equals("gateway-service"))
                .allMatch(step -> step.parentId().equals(publish.spanId()));
        assertThat(COLLECTOR.steps()).hasSize(4);
        clients.forEach(client -> {
            await().atMost(TEN_SECONDS).until(() -> messages(client).size() == 3);
            assertThat(messages(client)).extracting(JsonNode::asText).containsExactly("before", "it", "after");
            assertThat(Frames.received(client).stream().filter(frame -> frame.has("traceparent")))
                    .extracting(frame -> frame.get("traceparent").asText())
                    .containsExactly("00-" + TRACE + "-" + publish.spanId() + "-01");
            client.close();
        });
    }
}
