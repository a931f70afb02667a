package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.publisher.http.Api;
import dev.fanfare.publisher.http.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// Thousands of broken requests; `-Dfanfare.fuzz.seed` and `-Dfanfare.fuzz.requests` choose others.
@QuarkusTest
@WithTestResource(RedisResource.class)
class MalformedRequestsIT {

    private static final Logger LOG = Logger.getLogger(MalformedRequestsIT.class);
    private static final long SEED = Long.getLong("fanfare.fuzz.seed", 20_261_124L);
    private static final int REQUESTS = Integer.getInteger("fanfare.fuzz.requests", 3_000);
    private static final int AT_A_TIME = 32;
    private static final int SILENCE_MILLIS = 3_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");

    /// What was sent and the status of each answer on its connection.
    private record Exchange(String request, String answer) {

        List<Integer> statuses() {
            List<Integer> statuses = new ArrayList<>();
            Matcher matcher = STATUS.matcher(answer);
            while (matcher.find()) {
                statuses.add(Integer.valueOf(matcher.group(1)));
            }
            return statuses;
        }
    }

    @Test
    void malformedRequests_neverFailTheService() throws Exception {
        // Given
        var requests = new MalformedRequests(SEED);

        // When
        List<Exchange> exchanges = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Exchange>> answers = new ArrayList<>();
            for (int n = 0; n < REQUESTS; n++) {
                byte[] request = requests.next();
                answers.add(threads.submit(() ->
                        new Exchange(new String(request, ISO_8859_1), RawHttp.exchange(request, SILENCE_MILLIS))));
            }
            for (Future<Exchange> answer : answers) {
                exchanges.add(answer.get());
            }
        }

        // Then
        Map<Integer, Integer> counts = new TreeMap<>();
        exchanges.forEach(exchange -> exchange.statuses().forEach(status -> counts.merge(status, 1, Integer::sum)));
        LOG.infof("answers by status: %s seed=%d requests=%d", counts, SEED, REQUESTS);
        assertThat(exchanges)
                .as("seed %d", SEED)
                .noneMatch(exchange -> exchange.statuses().stream().anyMatch(status -> status >= 500));
        assertThat(exchanges)
                .filteredOn(exchange -> exchange.answer().contains("\r\n\r\n{"))
                .allMatch(exchange -> exchange.statuses().stream().anyMatch(status -> status / 100 == 2)
                        || exchange.answer().toLowerCase(Locale.ROOT).contains("application/problem+json"));
        assertThat(counts).containsKeys(201, 400, 404, 405, 406, 413, 415);
        assertThat(Api.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(Api.publish("it.after", "{\"data\":1}").statusCode()).isEqualTo(201);
        assertThat(Api.get("/q/metrics").body()).contains("fanfare_publish_in_flight 0.0");
    }
}
