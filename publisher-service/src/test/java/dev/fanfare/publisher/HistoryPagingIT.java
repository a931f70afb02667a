package dev.fanfare.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.publisher.HistoryWalk.Query;
import dev.fanfare.publisher.http.Api;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void pagesWhilePublishingGoesOn_repeatNothingAndLeaveNothingOut() throws Exception {
        // Given: a history that keeps everything
        var random = new Random(SEED);
        String channel = "it." + UUID.randomUUID();
        publish(channel, 50);

        // When
        List<HistoryWalk> walks = walksWhilePublishing(channel, random, () -> Query.unbounded(channel, random));

        // Then
        log(walks);
        assertThat(walks)
                .allSatisfy(walk -> assertThat(walk.offsets())
                        .as("seed %d: %s", SEED, walk.query())
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.rangeClosed(1, walk.top()).boxed().toList()));
        assertThat(walks).allMatch(HistoryWalk::isContiguous).allMatch(walk -> walk.end() == 200);
        assertThat(walks).allMatch(HistoryWalk::isWithinItsLimit).allMatch(HistoryWalk::hasNoNeedlessPage);
        assertThat(walks.getLast().top()).isGreaterThan(walks.getFirst().top());
    }

    @Test
    void pagesWithBoundsWhilePublishingGoesOn_haveExactlyWhatIsBetween() throws Exception {
        // Given: a history that keeps everything
        var random = new Random(SEED);
        String channel = "it." + UUID.randomUUID();
        publish(channel, 50);

        // When
        List<HistoryWalk> walks = walksWhilePublishing(channel, random, () -> Query.bounded(channel, random, true));

        // Then
        log(walks);
        List<HistoryWalk.Seen> all = HistoryWalk.of(new Query(channel, true, 1_000, null, null, null, null, null))
                .messages();
        assertThat(walks)
                .allSatisfy(walk -> assertThat(walk.offsets())
                        .as("seed %d: %s", SEED, walk.query())
                        .containsExactlyElementsOf(walk.expected(all)));
        assertThat(walks).allMatch(walk -> walk.end() == 200);
        assertThat(walks).allMatch(HistoryWalk::isWithinItsLimit).allMatch(HistoryWalk::hasNoNeedlessPage);
        assertThat(walks).anyMatch(walk -> walk.query().isForwards() && walk.pages() > 2);
        assertThat(walks).anyMatch(walk -> !walk.query().isForwards() && walk.pages() > 2);
    }

    @Test
    void pagesOfAHistoryThatDrops_haveNoHoleOrSaySo() throws Exception {
        // Given: a history that keeps a hundred
        var random = new Random(SEED);
        String channel = "short." + UUID.randomUUID();
        publish(channel, 150);

        // When
        List<HistoryWalk> walks = walksWhilePublishing(
                channel,
                random,
                () -> random.nextBoolean() ? Query.unbounded(channel, random) : Query.bounded(channel, random, false));

        // Then
        log(walks);
        assertThat(walks).allSatisfy(walk -> {
            assertThat(walk.end()).as("seed %d: %s", SEED, walk.query()).isIn(200, 410);
            assertThat(walk.isContiguous()).as("seed %d: %s", SEED, walk).isTrue();
            assertThat(walk.isWithinItsLimit()).as("seed %d: %s", SEED, walk).isTrue();
            if (walk.end() == 200) {
                assertReachesItsEnds(walk);
            }
        });
        assertThat(walks).anyMatch(walk -> walk.end() == 410).anyMatch(walk -> walk.end() == 200);
    }

    /// A walk that was not told of a loss has everything up to its newest message, and everything behind `from`.
    private static void assertReachesItsEnds(HistoryWalk walk) {
        Long from = walk.query().from();
        Long to = walk.query().to();
        long newest = to == null ? walk.top() : Math.min(to, walk.top());
        List<Long> offsets = walk.offsets().stream().sorted().toList();
        if (from != null) {
            assertThat(offsets)
                    .as("seed %d: %s", SEED, walk.query())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(from + 1, newest).boxed().toList());
        } else if (!offsets.isEmpty()) {
            assertThat(offsets.getLast()).as("seed %d: %s", SEED, walk.query()).isEqualTo(newest);
        }
    }

    private static void log(List<HistoryWalk> walks) {
        LOG.infof(
                "walks=%d pages=%d of which lost=%d seed=%d",
                walks.size(),
                walks.stream().mapToInt(HistoryWalk::pages).sum(),
                walks.stream().filter(walk -> walk.end() == 410).count(),
                SEED);
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
        List<Long> later = HistoryWalk.of(new Query(channel, true, 7, null, null, null, middle, null))
                .offsets();
        List<Long> earlier = HistoryWalk.of(new Query(channel, false, 7, null, null, null, null, middle))
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
            address = HistoryWalk.next(address, answer);
        }

        // Then
        assertThat(listed).doesNotHaveDuplicates().containsAll(channels);
    }

    private static List<HistoryWalk> walksWhilePublishing(String channel, Random random, Callable<Query> queries)
            throws Exception {
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
                List<HistoryWalk> walks = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    arrays.release(ARRAYS_PER_ROUND);
                    walks.add(HistoryWalk.of(queries.call()));
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

    private static String get(String path) {
        return Api.get(path).body();
    }
}
