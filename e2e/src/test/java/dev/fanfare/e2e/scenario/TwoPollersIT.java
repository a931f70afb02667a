package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.IssApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Of two pollers one polls, and the other takes over when it is gone; subscribers see each sample once.
class TwoPollersIT {

    private static final String CHANNEL = "iss.telemetry";
    private static final String LEADS = "fanfare_telemetry_leader{source=\"iss\"} 1.0";

    /// A crashed poller is missed when its lease runs out.
    private static final Duration AFTER_A_CRASH = Duration.ofSeconds(5);

    /// One that is stopped hands over, so that hardly a poll (one a second) is missed.
    private static final Duration AFTER_A_STOP = Duration.ofSeconds(2);

    @RegisterExtension
    static final IssApi ISS = IssApi.start();

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(1)
            .pollers(2)
            .setting(
                    Service.TELEMETRY,
                    "fanfare.telemetry.sources.iss.url",
                    ISS.uri().toString())
            .build();

    @BeforeEach
    void startBothAgain() {
        List<ServiceProcess> pollers = FANFARE.all(Service.TELEMETRY);
        pollers.stream().filter(poller -> !poller.isRunning()).forEach(ServiceProcess::start);
        pollers.forEach(ServiceProcess::awaitReady);
    }

    @Test
    void twoPollers_publishEachSampleOnce() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            awaitLeader();
            subscribeAndAwait(client, CHANNEL);

            // When
            await().atMost(Duration.ofSeconds(15)).until(() -> messages(client).size() >= 6);

            // Then
            List<Integer> serials = serials(client);
            assertThat(serials).isEqualTo(consecutive(serials.getFirst(), serials.size()));
        }
    }

    @Test
    void leaderKilled_otherTakesOverWithin5s() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            ServiceProcess leader = awaitLeader();
            subscribeAndAwait(client, CHANNEL);

            // When
            leader.kill();

            // Then
            receivesNewSample(client, AFTER_A_CRASH);
            assertThat(serials(client)).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void leaderStopped_handsOverAtOnce() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            ServiceProcess leader = awaitLeader();
            subscribeAndAwait(client, CHANNEL);

            // When
            leader.terminate();

            // Then
            receivesNewSample(client, AFTER_A_STOP);
            assertThat(serials(client)).doesNotHaveDuplicates().isSorted();
        }
    }

    private static ServiceProcess awaitLeader() {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> FANFARE.all(Service.TELEMETRY).stream()
                                .filter(poller -> poller.hasMetric(LEADS))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void receivesNewSample(WebSocketProbe client, Duration within) {
        int lastServed = ISS.served();
        await().atMost(within)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> serials(client).stream().anyMatch(serial -> serial > lastServed));
    }

    private static List<Integer> serials(WebSocketProbe client) {
        return messages(client).stream()
                .map(message -> message.path("serial"))
                .filter(JsonNode::isInt)
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<Integer> consecutive(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }
}
