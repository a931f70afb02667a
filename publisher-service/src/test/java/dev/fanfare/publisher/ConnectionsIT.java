package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionEnd.Kind;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Listing and closing connections over HTTP, with what a gateway would have told Redis.
@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(AccessIT.TokensOnly.class)
class ConnectionsIT {

    private static final Tokens TOKENS = AccessIT.TOKENS;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Pattern NEXT = Pattern.compile("<(connections\\?[^>]+)>; rel=\"next\"");

    @Inject
    ConnectionRegistry registry;

    private final String subject = "älice & " + UUID.randomUUID();
    private final String instance = "gateway-" + UUID.randomUUID();

    @BeforeEach
    void holdLease() {
        registry.watch(instance, LEASE, 0).join();
    }

    private void tell(ConnectionChange... changes) {
        assertThat(registry.report(instance, 1, List.of(changes), LEASE).join()).isTrue();
    }

    private ConnectionChange opened(String id, String... channels) {
        List<Channel> told = List.of(channels).stream().map(Channel::new).toList();
        return new ConnectionChange.Opened(new OpenConnection(
                id, subject, "203.0.113.7", Instant.ofEpochMilli(1_700_000_000_123L), "fanfare.v1", 7, told));
    }

    private static String admin() {
        return TOKENS.forSubject("admin")
                .allowing("{\"*\":[\"admin\"]}")
                .until(Instant.now().plusSeconds(60));
    }

    private static HttpResponse<String> send(String method, String path, String token) {
        return Api.send(HttpRequest.newBuilder(Api.address(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Test
    void connection_isListedAsItsGatewayTold() {
        // Given
        tell(opened("c1", "chat.42", "a/b"));

        // When
        HttpResponse<String> answer = send("GET", "/v1/connections?subject=" + encoded(subject), admin());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"connections\":[{\"id\":\"c1\",\"instance\":\"" + instance + "\",\"subject\":\"" + subject
                        + "\",\"address\":\"203.0.113.7\",\"since\":1700000000123,\"protocol\":\"fanfare.v1\","
                        + "\"subscriptions\":7,\"channels\":[\"chat.42\",\"a/b\"]}]}");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void pages_followTheirLinks_withTheSameFilters() {
        // Given
        tell(opened("c1", "x"), opened("c2"), opened("c3", "x"), opened("c4", "x"));
        String next = "connections?limit=1&channel=x&subject=" + encoded(subject);
        List<String> ids = new ArrayList<>();

        // When
        while (next != null) {
            HttpResponse<String> page = send("GET", "/v1/" + next, admin());
            assertThat(page.statusCode()).isEqualTo(200);
            Matcher id = Pattern.compile("\"id\":\"(c\\d)\"").matcher(page.body());
            while (id.find()) {
                ids.add(id.group(1));
            }
            Matcher link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
            next = link.matches() ? link.group(1) : null;
        }

        // Then
        assertThat(ids).containsExactly("c1", "c3", "c4");
    }

    @Test
    void instanceThatLeft_isNotListed() {
        // Given
        tell(opened("c1"));

        // When
        registry.leave(instance).join();

        // Then
        assertThat(send("GET", "/v1/connections?subject=" + encoded(subject), admin())
                        .body())
                .isEqualTo("{\"connections\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject=",
                "subject=%0a",
                "channel=a%20b",
                "limit=0",
                "limit=1001",
                "cursor=nonsense!",
                "cursor=YWJj",
                "user=alice"
            })
    void badQuery_isRefusedByName(String query) {
        HttpResponse<String> answer = send("GET", "/v1/connections?" + query, admin());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":40012", query.substring(0, query.indexOf('=')));
    }

    @Test
    void closing_isPassedOnToEveryGateway() {
        // Given
        long before = registry.watch(instance, LEASE, 0).join().ends().stream()
                .mapToLong(ConnectionEnd::serial)
                .max()
                .orElse(0);

        // When
        HttpResponse<String> one = send("DELETE", "/v1/connections/c%2F1", admin());
        HttpResponse<String> all = send("DELETE", "/v1/subjects/" + encoded(subject) + "/connections", admin());

        // Then
        assertThat(one.statusCode()).isEqualTo(202);
        assertThat(one.body()).contains("\"serial\":", "\"connection\":\"c/1\"");
        assertThat(all.statusCode()).isEqualTo(202);
        assertThat(all.body()).contains("\"serial\":", "\"subject\":\"" + subject + "\"");
        assertThat(registry.watch(instance, LEASE, before).join().ends())
                .extracting(ConnectionEnd::kind, ConnectionEnd::value)
                .containsExactly(tuple(Kind.CONNECTION, "c/1"), tuple(Kind.SUBJECT, subject));
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/connections", "DELETE, /v1/connections/c1", "DELETE, /v1/subjects/alice/connections"})
    void whoeverIsNoAdmin_isTurnedAway(String method, String path) {
        // Given
        String half = TOKENS.forSubject("half")
                .allowing("{\"open.*\":[\"admin\"],\"*\":[\"history\"]}")
                .until(Instant.now().plusSeconds(60));

        // When
        HttpResponse<String> answer = send(method, path, half);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("admin on every channel");
        assertThat(Api.send(HttpRequest.newBuilder(Api.address(path))
                                .method(method, HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/connections/a;b", "/v1/connections/%00", "/v1/subjects/a%0ab/connections"})
    void badName_isRefused(String path) {
        assertThat(send("DELETE", path, admin()).statusCode()).isEqualTo(400);
    }
}
