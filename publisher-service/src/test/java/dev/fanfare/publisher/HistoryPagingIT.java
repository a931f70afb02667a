package dev.fanfare.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.publisher.http.Api;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages are read while others publish to the channel, over a real Redis. `-Dfanfare.paging.seed` and
/// `-Dfanfare.paging.rounds` choose others.
@QuarkusTest
@WithTestResource(RedisResource.class)
class HistoryPagingIT {

    private static final Logger LOG = Logger.getLogger(HistoryPagingIT.class);
    private static final long SEED = Long.getLong("fanfare.paging.seed", 20_261_124L);
    private static final int ROUNDS = Integer.getInteger("fanfare.paging.rounds", 12);
    private static final int PUBLISHERS = 3;
    private static final int MOST_AT_ONCE = 20;
    /// Few enough that all rounds together fit into the history that keeps everything.
    private static final int ARRAYS_PER_ROUND = 60;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What one walk from the first page to the last has seen.
    ///
    /// @param end the status with which it ended
    private record Walk(List<Long> offsets, long topAtFirst, int pages, int end) {}

    @Test
    void pagesWhilePublishingGoesOn_repeatNothingAndLeaveNothingOut() throws Exception {
        // Given: a history that keeps everything
        var random = new Random(SEED);
        String channel = "it." + UUID.randomUUID();
        publish(channel, 50);

        // When
        List<Walk> walks = walksWhilePublishing(channel, random);

        // Then
        LOG.infof(
                "walks=%d pages=%d seed=%d",
                walks.size(), walks.stream().mapToInt(Walk::pages).sum(), SEED);
        assertThat(walks).allSatisfy(walk -> {
            assertThat(walk.end()).isEqualTo(200);
            assertThat(walk.offsets().stream().sorted())
                    .as("seed %d", SEED)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, walk.topAtFirst()).boxed().toList());
            assertThat(isMonotonic(walk.offsets())).isTrue();
        });
        assertThat(walks.getLast().topAtFirst()).isGreaterThan(walks.getFirst().topAtFirst());
    }

    @Test
    void pagesOfAHistoryThatDrops_haveNoHoleOrSaySo() throws Exception {
        // Given: a history that keeps a hundred
        var random = new Random(SEED);
        String channel = "short." + UUID.randomUUID();
        publish(channel, 150);

        // When
        List<Walk> walks = walksWhilePublishing(channel, random);

        // Then
        LOG.infof(
                "walks=%d of which lost=%d seed=%d",
                walks.size(), walks.stream().filter(walk -> walk.end() == 410).count(), SEED);
        assertThat(walks).allSatisfy(walk -> {
            assertThat(walk.end()).as("seed %d", SEED).isIn(200, 410);
            List<Long> offsets = walk.offsets().stream().sorted().toList();
            assertThat(offsets)
                    .containsExactlyElementsOf(LongStream.rangeClosed(offsets.getFirst(), offsets.getLast())
                            .boxed()
                            .toList());
        });
        assertThat(walks).anyMatch(walk -> walk.end() == 410);
    }

    @Test
    void times_selectMessagesWhereverTheyAre() throws IOException {
        // Given
        String channel = "it." + UUID.randomUUID();
        publish(channel, 30);
        long middle =
                Long.parseLong(JSON.readTree(get("/v1/time")).at("/timestamp").asText()) + 1;
        while (JSON.readTree(get("/v1/time")).at("/timestamp").asLong() <= middle) {
            Thread.onSpinWait();
        }
        publish(channel, 30);

        // When
        List<Long> later = walk("/v1/channels/" + channel + "/messages?direction=forwards&limit=7&start=" + middle)
                .offsets();
        List<Long> earlier = walk("/v1/channels/" + channel + "/messages?limit=7&end=" + middle)
                .offsets();

        // Then
        assertThat(later)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(31, 60).boxed().toList());
        assertThat(earlier.reversed())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void activeChannels_areListedOnceWhileOthersCome() throws Exception {
        // Given
        String prefix = "it.list." + UUID.randomUUID() + ".";
        List<String> channels = IntStream.range(0, 50).mapToObj(i -> prefix + i).toList();
        channels.forEach(channel -> publish(channel, 1));

        // When
        List<String> listed = new ArrayList<>();
        String address = "/v1/channels?limit=7&prefix=" + prefix;
        for (int page = 0; address != null; page++) {
            HttpResponse<String> answer = Api.get(address);
            JSON.readTree(answer.body())
                    .at("/channels")
                    .forEach(channel -> listed.add(channel.at("/channel").asText()));
            publish(prefix + "new" + page, 1);
            address = next(address, answer);
        }

        // Then
        assertThat(listed).doesNotHaveDuplicates().containsAll(channels);
    }

    private static List<Walk> walksWhilePublishing(String channel, Random random) throws Exception {
        var arrays = new Semaphore(0);
        var isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                var sizes = new Random(random.nextLong());
                publishers.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        if (arrays.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                            publish(channel, 1 + sizes.nextInt(MOST_AT_ONCE));
                        }
                    }
                    return null;
                }));
            }
            try {
                List<Walk> walks = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    arrays.release(ARRAYS_PER_ROUND);
                    walks.add(walk(channel, random));
                }
                return walks;
            } finally {
                isOver.set(true);
                for (Future<?> publisher : publishers) {
                    publisher.get();
                }
            }
        }
    }

    private static void publish(String channel, int messages) {
        for (int left = messages; left > 0; left -= 100) {
            String array = "[" + "{\"data\":1},".repeat(Math.min(left, 100) - 1) + "{\"data\":1}]";
            assertThat(Api.publish(channel, array).statusCode()).isEqualTo(201);
        }
    }

    private static Walk walk(String channel, Random random) throws IOException {
        String direction = random.nextBoolean() ? "forwards" : "backwards";
        int limit = 1 + random.nextInt(60);
        return walk("/v1/channels/" + channel + "/messages?direction=" + direction + "&limit=" + limit);
    }

    private static Walk walk(String first) throws IOException {
        List<Long> offsets = new ArrayList<>();
        long topAtFirst = -1;
        int pages = 0;
        String address = first;
        while (address != null) {
            HttpResponse<String> answer = Api.get(address);
            if (answer.statusCode() != 200) {
                return new Walk(offsets, topAtFirst, pages, answer.statusCode());
            }
            JsonNode page = JSON.readTree(answer.body());
            page.at("/messages")
                    .forEach(message -> offsets.add(message.at("/offset").asLong()));
            topAtFirst = pages == 0 ? page.at("/position/offset").asLong() : topAtFirst;
            pages++;
            address = next(address, answer);
        }
        return new Walk(offsets, topAtFirst, pages, 200);
    }

    private static @Nullable String next(String address, HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> URI.create(address).resolve(matcher.group(1)).toString())
                .orElse(null);
    }

    private static boolean isMonotonic(List<Long> offsets) {
        return IntStream.range(1, offsets.size()).allMatch(i -> Math.abs(offsets.get(i) - offsets.get(i - 1)) == 1);
    }

    private static String get(String path) {
        return Api.get(path).body();
    }
}
