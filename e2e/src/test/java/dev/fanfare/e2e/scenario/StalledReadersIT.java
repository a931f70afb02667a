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
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Hundreds of clients stop to read, as paused browser tabs do, and cost the others nothing. How little they delay
/// them is measured by `./dev bench stalled`.
class StalledReadersIT {

    private static final int STALLED = 500;

    /// 10 MB for each: more than a client may have waiting and the kernel keeps.
    private static final int MESSAGES = 600;

    private static final String PADDING = "x".repeat(16 * 1024);
    private static final int SMALL_WINDOW = 4 * 1024;
    private static final long MAX_TOTAL_QUEUED = 64L << 20;

    /// What waits is counted once a second, and everybody may have the whole of its own share by then.
    private static final long MOST_WITHIN_A_SECOND = (long) STALLED << 20;

    /// Code that is compiled, tables of connections, and the messages themselves, which all share.
    private static final long MAX_GROWTH_KIB = 300 * 1024;

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Fanfare FANFARE = rules(
                    rules(Fanfare.of().gateways(1).publishers(1), Service.GATEWAY), Service.PUBLISHER)
            .setting(Service.GATEWAY, "fanfare.gateway.connection.max-total-queued-bytes", "64M")
            .build();

    private final ServiceProcess gateway = FANFARE.gateway();
    private final PublishApi publisher = new PublishApi(FANFARE.publisher());
    private final List<RawWebSocket> stalled = new ArrayList<>();

    private static Fanfare.Builder rules(Fanfare.Builder builder, Service service) {
        return builder.setting(service, "fanfare.channels.rules[0].pattern", "newest.*")
                .setting(service, "fanfare.channels.rules[0].history-size", "0")
                .setting(service, "fanfare.channels.rules[0].conflate", "true");
    }

    @AfterEach
    void hangUp() {
        stalled.forEach(RawWebSocket::close);
        await().atMost(SOON).until(() -> gateway.metric("fanfare_gateway_connections") == 0);
    }

    private void stall(String channel) {
        double before = gateway.metric("fanfare_gateway_subscriptions");
        for (int i = 0; i < STALLED; i++) {
            var client = new RawWebSocket(gateway.http("/ws"), SMALL_WINDOW, SOON);
            client.sendText(Frames.subscribe(channel));
            stalled.add(client);
        }
        await().atMost(SOON).until(() -> gateway.metric("fanfare_gateway_subscriptions") == before + STALLED);
    }

    private void publish(String channel, int number) {
        assertThat(publisher
                        .publish(channel, "{\"n\":" + number + ",\"padding\":\"" + PADDING + "\"}")
                        .status())
                .isEqualTo(201);
    }

    private double closedByUs() {
        return gateway.metric("fanfare_gateway_connections_closed_by_us_total");
    }

    /// As counted last, at most a second ago.
    private double queuedBytes() {
        return gateway.metric("fanfare_gateway_loop_queued_bytes");
    }

    @Test
    void orderedChannel_closesThemWith4000_theOthersGetEverythingAndMemoryIsBounded() {
        try (WebSocketProbe reading = FANFARE.connect()) {
            // Given
            subscribeAndAwait(reading, "ordered.all");
            stall("ordered.all");
            long before = gateway.mostResidentKib();
            double closedBefore = closedByUs();
            var mostQueued = new DoubleAccumulator(Math::max, 0);

            // When
            for (int i = 1; i <= MESSAGES; i++) {
                publish("ordered.all", i);
                if (i % 20 == 0) {
                    mostQueued.accumulate(queuedBytes());
                }
            }

            // Then
            await().atMost(SOON).until(() -> closedByUs() == closedBefore + STALLED);
            await().atMost(SOON).until(() -> {
                mostQueued.accumulate(queuedBytes());
                return mostQueued.get() > 0;
            });
            assertThat(mostQueued.get()).isLessThan(MAX_TOTAL_QUEUED + MOST_WITHIN_A_SECOND);
            await().atMost(SOON).until(() -> queuedBytes() < MAX_TOTAL_QUEUED);
            assertThat(gateway.mostResidentKib() - before).isLessThan(MAX_GROWTH_KIB);
            await().atMost(SOON).until(() -> numbers(reading).size() == MESSAGES);
            assertThat(numbers(reading))
                    .isEqualTo(IntStream.rangeClosed(1, MESSAGES).boxed().toList());
        }
    }

    private static List<Integer> numbers(WebSocketProbe client) {
        return messages(client).stream()
                .map(message -> message.path("n").asInt())
                .toList();
    }

    @Test
    void conflatingChannel_keepsThemAndGivesThemTheNewestWithTheNumberOfThoseLeftOut() {
        // Given
        stall("newest.all");
        double closedBefore = closedByUs();

        // When
        for (int i = 1; i <= MESSAGES; i++) {
            publish("newest.all", i);
        }

        // Then
        assertThat(gateway.metric("fanfare_gateway_connections")).isEqualTo(STALLED);
        Stream.of(stalled.getFirst(), stalled.getLast()).forEach(StalledReadersIT::assertNewestAtLast);
        assertThat(closedByUs()).isEqualTo(closedBefore);
    }

    /// Each message comes or is counted as skipped before the next, up to the newest.
    private static void assertNewestAtLast(RawWebSocket client) {
        int last = 0;
        int skipped = 0;
        while (last < MESSAGES) {
            JsonNode frame = Frames.parse(client.read(RawWebSocket.TEXT).text());
            if (frame.has("message")) {
                int number = frame.path("message").path("n").asInt();
                assertThat(number - last - 1).isEqualTo(frame.path("skipped").asInt());
                skipped += frame.path("skipped").asInt();
                last = number;
            }
        }
        assertThat(skipped).isPositive();
    }
}
