package dev.fanfare.e2e.scenario;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.e2e.scenario.RetryStorm.Receipt;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whoever repeats an id until it is acknowledged has its message stored once, whatever breaks meanwhile.
/// `-Dfanfare.storm.seed` chooses other clients.
class RetryStormIT {

    private static final long SEED = Long.getLong("fanfare.storm.seed", 20_261_124L);
    private static final int CLIENTS = 32;
    private static final int MESSAGES = 200;
    private static final Duration SOON = Duration.ofSeconds(60);
    /// Longer than a publisher waits for Redis.
    private static final Duration AWAY_FOR = Duration.ofSeconds(4);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .on(new RedisTopology.Single(
                    RedisServer.with(RedisOptions.defaults().withAppendOnly())))
            .publishers(2)
            .linked(Service.PUBLISHER)
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].pattern", "storm.*")
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].history-size", "1000")
            .quickToStart()
            .build();

    private final List<ServiceProcess> publishers = FANFARE.all(Service.PUBLISHER);
    private final RetryStorm storm = new RetryStorm("storm." + UUID.randomUUID(), publishers, MESSAGES);

    @AfterEach
    void endStorm() {
        storm.close();
    }

    @Test
    void redisRestarts_everyMessageIsStoredOnceAtTheOnlyPositionThatWasTold() throws Exception {
        // Given
        storm.start(CLIENTS, SEED);
        awaitMiddle();

        // When
        FANFARE.redis().kill();
        letPass(AWAY_FOR);
        FANFARE.redis().start();

        // Then
        assertStoredOnce(storm.receipts());
        assertThat(storm.refused()).isPositive();
    }

    @Test
    void linkFreezes_everyMessageIsStoredOnceAtTheOnlyPositionThatWasTold() throws Exception {
        // Given
        storm.start(CLIENTS, SEED);
        awaitMiddle();
        TcpProxy link = FANFARE.link(publishers.getFirst()).proxy();

        // When: what one instance has sent comes late, when others have repeated it
        link.stall();
        letPass(AWAY_FOR);
        link.flow();

        // Then
        assertStoredOnce(storm.receipts());
        assertThat(storm.refused()).isPositive();
    }

    private void awaitMiddle() {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> storm.acknowledged() > CLIENTS * MESSAGES / 3);
    }

    private static void letPass(Duration time) {
        await().pollDelay(time).atMost(time.plus(SOON)).until(() -> true);
    }

    private void assertStoredOnce(List<Receipt> receipts) throws Exception {
        assertThat(receipts).hasSize(CLIENTS * MESSAGES);
        Map<String, Set<String>> positions =
                receipts.stream().collect(groupingBy(Receipt::id, mapping(Receipt::position, toSet())));
        assertThat(positions.values()).as("seed %d", SEED).allMatch(told -> told.size() == 1);
        assertThat(receipts.stream().filter(receipt -> !receipt.duplicate()).map(Receipt::id))
                .doesNotHaveDuplicates();
        assertThat(storm.cut()).isGreaterThan(CLIENTS * MESSAGES / 10);
        for (ServiceProcess publisher : publishers) {
            List<JsonNode> stored = stored(publisher);
            assertThat(stored)
                    .extracting(each -> each.get("id").asText())
                    .containsExactlyInAnyOrderElementsOf(storm.ids());
            assertThat(stored)
                    .extracting(each -> each.get("offset").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            assertThat(stored).allSatisfy(each -> {
                assertThat(positions.get(each.get("id").asText()))
                        .containsOnly(each.get("epoch").asText() + ":"
                                + each.get("offset").asLong());
                assertThat(each.get("message")).isEqualTo(each.get("id"));
            });
        }
    }

    private List<JsonNode> stored(ServiceProcess publisher) throws IOException, InterruptedException {
        publisher.awaitReady();
        URI history = publisher.http("/v1/channels/" + storm.channel() + "/messages?direction=forwards&limit=1000");
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(history).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = Frames.parse(answer.body());
            return new ArrayList<>(StreamSupport.stream(page.get("messages").spliterator(), false)
                    .toList());
        }
    }
}
