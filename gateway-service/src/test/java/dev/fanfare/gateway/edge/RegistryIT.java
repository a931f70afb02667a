package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.broker.ConnectionEnd.Kind;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ListedConnection;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.Tokens;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What Redis hears of the connections of a gateway, and how they are closed from there.
@QuarkusTest
@TestProfile(AccessIT.TokensOnly.class)
@QuarkusTestResource(GatewayRedis.class)
class RegistryIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Tokens TOKENS = AccessIT.TOKENS;
    private static final String SUBSCRIBE = "{\"action\":\"subscribe\",\"channel\":\"open.a\"}";
    private static final WebSocketProbe.Closed ENDED = new WebSocketProbe.Closed(4502, "ended-by-admin");

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    ConnectionRegistry registry;

    private final String subject = "alice-" + UUID.randomUUID();

    private String token(String whose) {
        return TOKENS.forSubject(whose)
                .allowing("{\"open.*\":[\"subscribe\"]}")
                .until(Instant.now().plusSeconds(60));
    }

    private WebSocketProbe connect(String whose) {
        return WebSocketProbe.connect(address(), Map.of("Authorization", "Bearer " + token(whose)), "fanfare.v1");
    }

    private URI address() {
        return URI.create(http.toString().replaceFirst("^http", "ws"));
    }

    private static String idOf(WebSocketProbe client) {
        String welcome = client.awaitFrames(1, SOON).getFirst();
        return welcome.replaceFirst(".*\"connectionId\":\"([^\"]+)\".*", "$1");
    }

    private List<OpenConnection> listed(@Nullable String channel) {
        var query = new ConnectionQuery(subject, channel == null ? null : new Channel(channel), null, 1000);
        return registry.list(query).join().connections().stream()
                .map(ListedConnection::connection)
                .toList();
    }

    private void awaitListed(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(listed(null)).hasSize(count));
    }

    @Test
    void connection_isListedWithItsChannels_untilItIsClosed() {
        // Given
        Instant before = Instant.now();
        try (WebSocketProbe client = connect(subject)) {
            String id = idOf(client);

            // When
            client.send(SUBSCRIBE);
            client.send("{\"action\":\"subscribe\",\"channel\":\"open.b\"}");
            client.send("{\"action\":\"unsubscribe\",\"channel\":\"open.a\"}");

            // Then
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(listed("open.b")).singleElement().satisfies(connection -> {
                    assertThat(connection.id()).isEqualTo(id);
                    assertThat(connection.address()).isEqualTo("127.0.0.1");
                    assertThat(connection.protocol()).isEqualTo("fanfare.v1");
                    assertThat(connection.since())
                            .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
                    assertThat(connection.subscriptions()).isEqualTo(1);
                });
                assertThat(listed("open.a")).isEmpty();
            });
        }
        awaitListed(0);
    }

    @Test
    void strangerWhoShowsAToken_isListedOnceAndUnderItsSubject() {
        // Given
        try (WebSocketProbe client = WebSocketProbe.connect(address(), "fanfare.v1")) {
            String id = idOf(client);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(idsOfAll()).filteredOn(id::equals).hasSize(1));
            assertThat(listed(null)).isEmpty();

            // When
            client.send("{\"action\":\"auth\",\"token\":\"" + token(subject) + "\"}");

            // Then
            awaitListed(1);
            assertThat(idsOfAll()).filteredOn(id::equals).hasSize(1);
        }
    }

    private List<String> idsOfAll() {
        return registry.list(new ConnectionQuery(null, null, null, 1000)).join().connections().stream()
                .map(each -> each.connection().id())
                .toList();
    }

    @Test
    void connectionThatIsEnded_isClosed_andNoOther() {
        // Given
        try (WebSocketProbe one = connect(subject);
                WebSocketProbe two = connect(subject)) {
            // When
            registry.end(Kind.CONNECTION, idOf(one)).join();

            // Then
            assertThat(one.awaitClosed(SOON)).isEqualTo(ENDED);
            assertThat(two.isOpen()).isTrue();
        }
    }

    @Test
    void subjectThatIsEnded_losesAllItsConnections_andMayComeBack() {
        // Given
        try (WebSocketProbe one = connect(subject);
                WebSocketProbe two = connect(subject);
                WebSocketProbe other = connect(subject + "x")) {
            awaitListed(2);

            // When
            registry.end(Kind.SUBJECT, subject).join();

            // Then
            assertThat(one.awaitClosed(SOON)).isEqualTo(ENDED);
            assertThat(two.awaitClosed(SOON)).isEqualTo(ENDED);
            assertThat(other.isOpen()).isTrue();
            try (WebSocketProbe again = connect(subject)) {
                awaitListed(1);
                assertThat(again.isOpen()).isTrue();
            }
        }
    }

    @Test
    void redisThatForgotAll_isToldAnew() throws Exception {
        // Given
        try (WebSocketProbe client = connect(subject);
                var redis = GatewayRedis.redis().connect()) {
            client.send(SUBSCRIBE);
            awaitListed(1);

            // When
            redis.execute("FLUSHALL");

            // Then
            awaitListed(1);
            assertThat(client.isOpen()).isTrue();
        }
    }
}
