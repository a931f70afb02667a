package dev.fanfare.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.fanfare.publisher.BadConnections.BadConnection;
import dev.fanfare.publisher.http.Api;
import dev.fanfare.publisher.http.RawHttp;
import dev.fanfare.testkit.LogLines;
import dev.fanfare.testkit.MetricsPage;
import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// Thousands of broken requests; `-Dfanfare.fuzz.seed` and `-Dfanfare.fuzz.requests` choose others.
@QuarkusTest
@WithTestResource(RedisResource.class)
class MalformedRequestsIT {

    private static final Logger LOG = Logger.getLogger(MalformedRequestsIT.class);
    private static final long SEED = Long.getLong("fanfare.fuzz.seed", 20_261_124L);
    private static final int REQUESTS = Integer.getInteger("fanfare.fuzz.requests", 20_000);
    private static final int AT_A_TIME = 128;
    private static final int SILENCE_MILLIS = 1_000;
    private static final int PIPELINE_SILENCE_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int TRICKLING = 100;
    private static final int STALLING = 100;
    /// Twice the timeouts of the service.
    private static final int TRICKLE_BYTES = 100;
    private static final int TRICKLE_MILLIS = 200;

    /// What 20,000 bad requests may leave behind: classes and buffers that are made once, not one page per request.
    private static final long HEAP_GROWTH = 16 << 20;
    /// Sockets of idle clients in this process.
    private static final int FILES_GROWTH = 16;
    private static final int METRICS_PAGE_CHARACTERS = 256 << 10;
    private static final int LOG_LINES = 10;
    private static final int READS_AT_A_TIME = 64;

    private static final String READ =
            "GET /v1/channels/it.after/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private RedisServer redis;

    /// What is wrong with the service's answers, and how often it gave each status.
    private static final class Findings {

        private static final int SHOWN = 10;
        private final Map<Integer, Integer> counts = new TreeMap<>();
        private final List<String> faults = new ArrayList<>();
        private int brokenPipelines;

        synchronized void add(BadConnection sent, String answer) {
            List<Integer> statuses = new ArrayList<>();
            Matcher matcher = STATUS.matcher(answer);
            while (matcher.find()) {
                statuses.add(Integer.valueOf(matcher.group(1)));
            }
            statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
            String lower = answer.toLowerCase(Locale.ROOT);
            if (statuses.stream().anyMatch(status -> status >= 500)) {
                fault("5xx", sent, answer);
            }
            if (statuses.stream().allMatch(status -> status >= 400)
                    && answer.contains("\r\n\r\n{")
                    && !lower.contains("application/problem+json")) {
                fault("no problem", sent, answer);
            }
            if (sent.kind() == BadConnections.Kind.PIPELINE) {
                boolean isWhole = statuses.size() == sent.requests() && statuses.getLast() == 201;
                brokenPipelines += isWhole ? 0 : 1;
                // Who is hung up on, for what else it has sent, may lose the end of a long answer before.
                if (!isWhole && !lower.contains("connection: close") && !RawHttp.isCutOff(answer)) {
                    fault(statuses.toString(), sent, answer);
                }
            }
        }

        private void fault(String what, BadConnection sent, String answer) {
            if (faults.size() < SHOWN) {
                faults.add(what + "\n" + abbreviated(sent.toString()) + "\n→ " + abbreviated(answer));
            }
        }

        private static String abbreviated(String text) {
            return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "…";
        }
    }

    /// What this process, with the service in it, holds.
    private record Footprint(long heapBytes, long openFiles) {

        static Footprint now() {
            ManagementFactory.getMemoryMXBean().gc();
            return new Footprint(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), openFilesNow());
        }

        static long openFilesNow() {
            return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                    .getOpenFileDescriptorCount();
        }
    }

    @Test
    void malformedRequests_neverFailTheServiceAndLeaveNothingBehind() throws Exception {
        // Given: what is loaded and pooled only once is there
        play(SEED - 1, REQUESTS / 10);
        Footprint before = Footprint.now();

        // When
        Findings findings;
        List<String> logged;
        try (var log = new LogLines()) {
            findings = play(SEED, REQUESTS);
            logged = List.copyOf(log.lines());
        }

        // Then
        LOG.infof("answers by status: %s seed=%d requests=%d", findings.counts, SEED, REQUESTS);
        assertThat(findings.faults).as("seed %d", SEED).isEmpty();
        assertThat(findings.counts).containsKeys(200, 201, 207, 400, 404, 405, 406, 413, 415);
        assertThat(logged).hasSizeLessThan(LOG_LINES);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Footprint.openFilesNow()).isLessThan(before.openFiles() + FILES_GROWTH));
        assertServesAsBefore();
        Footprint after = Footprint.now();
        LOG.infof("before=%s after=%s broken pipelines=%d", before, after, findings.brokenPipelines);
        assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_GROWTH);
        assertThat(Api.get("/q/metrics").body()).hasSizeLessThan(METRICS_PAGE_CHARACTERS);
    }

    @Test
    void slowBodies_areGivenUpAndHoldNoPlaces() throws Exception {
        // Given
        String head = "POST /v1/channels/it.slow/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        String declared = head + "Content-Length: 1000\r\n\r\n{";
        String chunked = head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"dat\r\n1000\r\n";

        // When
        List<Callable<Optional<String>>> clients = new ArrayList<>();
        for (int i = 0; i < TRICKLING; i++) {
            String start = i % 2 == 0 ? declared : chunked;
            clients.add(() -> RawHttp.trickle(start, TRICKLE_BYTES, TRICKLE_MILLIS, 0));
        }
        for (int i = 0; i < STALLING; i++) {
            String start = i % 2 == 0 ? declared : chunked;
            clients.add(() -> RawHttp.trickle(start, 0, 1, TRICKLE_BYTES * TRICKLE_MILLIS));
        }
        List<Optional<String>> answers = inParallel(clients);

        // Then
        assertThat(answers.subList(0, TRICKLING))
                .allSatisfy(answer -> assertThat(answer)
                        .hasValueSatisfying(text ->
                                assertThat(text).startsWith("HTTP/1.1 408").contains("\"code\":40800")));
        assertThat(answers).allMatch(Optional::isPresent);
        assertServesAsBefore();
    }

    private static Findings play(long seed, int requests) throws Exception {
        var findings = new Findings();
        var connections = new BadConnections(seed);
        var atATime = new Semaphore(AT_A_TIME);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            int made = 0;
            while (made < requests) {
                BadConnection connection = connections.next();
                made += connection.requests();
                atATime.acquire();
                clients.add(threads.submit(() -> {
                    try {
                        findings.add(connection, answer(connection));
                    } finally {
                        atATime.release();
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        return findings;
    }

    private static String answer(BadConnection connection) throws IOException {
        return switch (connection.kind()) {
            case SINGLE, GARBAGE -> RawHttp.exchange(connection.bytes(), SILENCE_MILLIS);
            case PIPELINE -> RawHttp.exchange(connection.bytes(), PIPELINE_SILENCE_MILLIS);
            case CLOSED, RESET -> {
                RawHttp.abandon(connection.bytes(), connection.kind() == BadConnections.Kind.RESET);
                yield "";
            }
        };
    }

    private void assertServesAsBefore() throws Exception {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(new MetricsPage(Api.get("/q/metrics").body()).sum("fanfare_publish_in_flight"))
                                .hasValue(0));
        assertThat(Api.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(Api.publish("it.after", "{\"data\":1}").statusCode()).isEqualTo(201);
        assertEveryPlaceToReadIsFree();
    }

    /// There is no gauge of reads: as many as there are places wait for a frozen Redis at the same time.
    private void assertEveryPlaceToReadIsFree() throws Exception {
        redis.pause();
        try {
            List<String> answers = inParallel(IntStream.range(0, READS_AT_A_TIME)
                    .<Callable<String>>mapToObj(_ -> () -> RawHttp.exchange(READ, PIPELINE_SILENCE_MILLIS))
                    .toList());
            assertThat(answers).allMatch(answer -> answer.contains("\"code\":50300"));
        } finally {
            redis.resume();
        }
        await().atMost(SOON).until(() -> Api.get("/q/health/ready").statusCode() == 200);
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
