package dev.fanfare.telemetry.source;

import static dev.fanfare.telemetry.source.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest {

    private final StubServer server = new StubServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void goodAnswer_isTheSampleByteForByte() throws Exception {
        // Given
        server.answering(json(200, " {\"b\": 1.50,\n \"a\":\"é\"}\n"));

        // When
        FetchOutcome outcome = fetch(patient());

        // Then
        RawJson expected = RawJson.parse("{\"b\": 1.50,\n \"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome).isEqualTo(new Fetched(new Sample(expected, false)));
    }

    @Test
    void pointer_selectsAPart() throws Exception {
        // Given
        server.answering(json(200, "{\"now\":[{\"lat\": 1.0}]}"));

        // When
        FetchOutcome outcome = fetch(patient().pointer("/now/0"));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Fetched.class,
                        fetched -> assertThat(fetched.sample().data()).hasToString("{\"lat\": 1.0}"));
    }

    @Test
    void pointerToNothing_isAbsent() throws Exception {
        // Given
        server.answering(json(200, "{\"now\":[]}"));

        // When, Then
        assertThat(failureOf(patient().pointer("/now/0"))).isEqualTo(FetchFailure.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "404, STATUS",
        "500, STATUS",
        "503, STATUS",
        "304, STATUS",
        "204, NOT_JSON",
        "200, NOT_JSON",
    })
    void emptyAnswer_isClassifiedByItsStatus(int status, FetchFailure expected) throws Exception {
        // Given
        server.answering(json(status, ""));

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"a\":1", "{} {}", "{\"a\":1,\"a\":2}", "NaN", "[1,]"})
    void bodyThatIsNotOneJsonValue_isRefused(String body) throws Exception {
        // Given
        server.answering(json(200, body));

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(FetchFailure.NOT_JSON);
    }

    @Test
    void bodyInUtf16_isRefused() throws Exception {
        // Given
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        server.answering(exchange -> {
            exchange.sendResponseHeaders(200, utf16.length);
            exchange.getResponseBody().write(utf16);
        });

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(FetchFailure.NOT_JSON);
    }

    @Test
    void brokenJson_isNotQuotedInTheDetail() throws Exception {
        // Given
        server.answering(json(200, "{\"password\": hunter2"));

        // When
        FetchOutcome outcome = fetch(patient());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.detail()).doesNotContain("password"));
    }

    @Test
    void bodyOfExactlyTheLimit_isTaken() throws Exception {
        // Given
        server.answering(json(200, "\"" + "x".repeat(98) + "\""));

        // When, Then
        assertThat(fetch(patient().maxBytes(100))).isInstanceOf(Fetched.class);
    }

    @Test
    void announcedBodyOverTheLimit_isTooLarge() throws Exception {
        // Given
        server.answering(json(200, "\"" + "x".repeat(99) + "\""));

        // When, Then
        assertThat(failureOf(patient().maxBytes(100))).isEqualTo(FetchFailure.TOO_LARGE);
    }

    @Test
    void announcedBodyOverTheLimit_isNotWaitedFor() throws Exception {
        // Given: it never comes
        server.answering(exchange -> {
            exchange.sendResponseHeaders(200, 101);
            exchange.getResponseBody().flush();
        });

        // When, Then
        assertThat(failureOf(patient().maxBytes(100))).isEqualTo(FetchFailure.TOO_LARGE);
    }

    @Test
    void answerThatTakesTooLong_isHungUpOn() throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            server.endless(exchange, new byte[] {' '});
        });
        SettingsFixture settings =
                new SettingsFixture().timeout(Duration.ofMillis(500)).maxBytes(1 << 20);
        try (var source = sourceOf(settings.url(server.uri()))) {
            // When
            FetchOutcome outcome = source.fetch(null);

            // Then
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            FetchOutcome.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(FetchFailure.TIMEOUT));
            await().atMost(Duration.ofSeconds(5)).until(() -> server.underWay() == 0);
        }
    }

    @Test
    void endlessBody_isStoppedEarly() throws Exception {
        // Given
        long offered = 256L << 20;
        server.answering(server.unannounced(offered));

        // When
        FetchFailure failure = failureOf(patient().maxBytes(64 * 1024));

        // Then: no more was taken than the buffers of two sockets hold
        assertThat(failure).isEqualTo(FetchFailure.TOO_LARGE);
        assertThat(server.bytesTaken()).isLessThan(32L << 20);
    }

    @Test
    void endlessErrorPage_isNotRead() throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            server.silence().to(exchange);
        });

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(FetchFailure.STATUS);
    }

    @Test
    void silentServer_timesOut() throws Exception {
        // Given
        server.answering(server.silence());

        // When, Then
        assertThat(failureOf(new SettingsFixture().timeout(Duration.ofMillis(200))))
                .isEqualTo(FetchFailure.TIMEOUT);
    }

    @Test
    void bodyThatStopsHalfWay_timesOut() throws Exception {
        // Given
        server.answering(server.stuckBody());

        // When, Then
        assertThat(failureOf(new SettingsFixture().timeout(Duration.ofMillis(200))))
                .isEqualTo(FetchFailure.TIMEOUT);
    }

    @Test
    void closedPort_isUnreachable() throws Exception {
        // Given
        int port = server.port();
        server.close();

        // When, Then
        URI nobody = URI.create("http://127.0.0.1:" + port + "/");
        assertThat(fetchFrom(nobody, patient()))
                .isEqualTo(new Failed(FetchFailure.UNREACHABLE, "the connection was refused"));
    }

    @Test
    void unknownHost_isUnreachable() throws Exception {
        // Given: a name that never exists (RFC 6761, 6.4)
        URI nowhere = URI.create("http://nowhere.invalid/");

        // When
        FetchOutcome outcome = fetchFrom(nowhere, new SettingsFixture().timeout(Duration.ofSeconds(30)));

        // Then
        assertThat(outcome).isEqualTo(new Failed(FetchFailure.UNREACHABLE, "the host name is unknown"));
    }

    @Test
    void plainServerBehindHttps_isUnreachable() throws Exception {
        // When, Then
        assertThat(failureOfServerThatSays("HTTP/1.1 400 Bad Request\r\n\r\n", "https"))
                .isEqualTo(FetchFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"})
    void connectionThatBreaks_isBroken(String firstWords) throws Exception {
        // When, Then
        assertThat(failureOfServerThatSays(firstWords, "http")).isEqualTo(FetchFailure.BROKEN);
    }

    private static FetchFailure failureOfServerThatSays(String words, String scheme) throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talkAndHangUp(listener, words));
            URI url = URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/");
            return failureAt(url, patient());
        }
    }

    private static void talkAndHangUp(ServerSocket listener, String words) {
        while (!listener.isClosed()) {
            try (Socket caller = listener.accept()) {
                caller.getInputStream().read(new byte[4096]);
                caller.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // The test is over, or the caller was faster.
            }
        }
    }

    @Test
    void redirect_isFollowed() throws Exception {
        // Given
        server.answering(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/there")) {
                StubServer.send(exchange, 200, "1");
            } else {
                exchange.getResponseHeaders().set("Location", "/there");
                StubServer.send(exchange, 302, "");
            }
        });

        // When, Then
        assertThat(fetch(patient())).isInstanceOf(Fetched.class);
    }

    @Test
    void redirectInACircle_endsAsRedirect() throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.getResponseHeaders().set("Location", "/again");
            StubServer.send(exchange, 302, "");
        });

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(FetchFailure.REDIRECT);
        assertThat(server.requests()).isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/hostname", "http:///", "http://[", "''"})
    void redirectToWhatIsNoAddress_isNotFollowed(String location) throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            StubServer.send(exchange, 302, "");
        });

        // When, Then
        assertThat(failureOf(patient())).isEqualTo(FetchFailure.REDIRECT);
    }

    @Test
    void configuredHeaders_areSentWithEachRequest() throws Exception {
        // Given
        server.answering(exchange -> StubServer.send(
                exchange, 200, "\"" + exchange.getRequestHeaders().getFirst("X-Api-Key") + "\""));

        // When, Then
        assertThat(dataOf(fetch(patient().header("X-Api-Key", "k 1")))).isEqualTo("\"k 1\"");
    }

    @ParameterizedTest
    @CsvSource({"false, \"k\"", "true, \"null\""})
    void redirect_takesTheHeadersAlongUnlessItLeadsElsewhere(boolean isElsewhere, String expected) throws Exception {
        try (var elsewhere = new StubServer()) {
            // Given
            StubServer.Answer echo = exchange -> StubServer.send(
                    exchange, 200, "\"" + exchange.getRequestHeaders().getFirst("X-Api-Key") + "\"");
            elsewhere.answering(echo);
            String location = isElsewhere ? elsewhere.uri().toString() : "/there";
            server.answering(exchange -> {
                if (exchange.getRequestURI().getPath().equals("/there")) {
                    echo.to(exchange);
                } else {
                    exchange.getResponseHeaders().set("Location", location);
                    StubServer.send(exchange, 307, "");
                }
            });

            // When, Then
            assertThat(dataOf(fetch(patient().header("X-Api-Key", "k")))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", "W/\"v1\"", "\"\""})
    void sourceThatKnowsTheTag_isUnchanged(String tag) throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            boolean isKnown = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            StubServer.send(exchange, isKnown ? 304 : 200, isKnown ? "" : "1");
        });
        try (var source = sourceOf(patient().url(server.uri()))) {
            Sample published = sampleOf(source.fetch(null));

            // When, Then: who does not know what is published asks for all of it again
            assertThat(source.fetch(published)).isEqualTo(new FetchOutcome.Unchanged());
            assertThat(source.fetch(null)).isEqualTo(new Fetched(published));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "\"v\u00e9\"", "\"v 1\"", "\"v1"})
    void tagThatIsNone_isNotUsed(String tag) throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            StubServer.send(exchange, 200, "1");
        });

        // When, Then
        assertThat(sampleOf(fetch(patient())).entityTag()).isNull();
    }

    @Test
    void tagOverTheLimit_isNotUsed() throws Exception {
        // Given
        server.answering(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"" + "v".repeat(513) + "\"");
            StubServer.send(exchange, 200, "1");
        });

        // When, Then
        assertThat(sampleOf(fetch(patient())).entityTag()).isNull();
    }

    @Test
    void failure_doesNotNameTheHeaders() throws Exception {
        // Given
        server.answering(json(401, ""));

        // When, Then
        assertThat(fetch(patient().header("Authorization", "Bearer hunter2")))
                .isEqualTo(new Failed(FetchFailure.STATUS, "status 401"));
    }

    private static Sample sampleOf(FetchOutcome outcome) {
        assertThat(outcome).isInstanceOf(Fetched.class);
        return ((Fetched) outcome).sample();
    }

    private static String dataOf(FetchOutcome outcome) {
        return sampleOf(outcome).data().toString();
    }

    @Test
    void interruption_givesUpAtOnce() throws Exception {
        // Given
        server.answering(server.silence());
        var isGivenUp = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                fetch(new SettingsFixture().timeout(Duration.ofMinutes(1)));
            } catch (InterruptedException _) {
                isGivenUp.set(true);
            }
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> server.requests() == 1);

        // When
        caller.interrupt();

        // Then
        assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        assertThat(isGivenUp).isTrue();
    }

    /// Settings with a timeout that nothing but silence reaches, however busy the machine is.
    private static SettingsFixture patient() {
        return new SettingsFixture().timeout(Duration.ofMinutes(1));
    }

    private FetchFailure failureOf(SettingsFixture settings) throws InterruptedException {
        return failureAt(server.uri(), settings);
    }

    private static FetchFailure failureAt(URI url, SettingsFixture settings) throws InterruptedException {
        FetchOutcome outcome = fetchFrom(url, settings);
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed) outcome).failure();
    }

    private FetchOutcome fetch(SettingsFixture settings) throws InterruptedException {
        return fetchFrom(server.uri(), settings);
    }

    private static FetchOutcome fetchFrom(URI url, SettingsFixture settings) throws InterruptedException {
        try (var source = sourceOf(settings.url(url))) {
            return source.fetch(null);
        }
    }

    private static HttpSource sourceOf(SettingsFixture fixture) {
        SourceSettings settings = fixture.build();
        return new HttpSource(settings, (SourceKind.Polled) settings.kind());
    }
}
