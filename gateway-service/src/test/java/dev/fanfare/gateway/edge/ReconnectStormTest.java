package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.Configs;
import dev.fanfare.gateway.connection.ConnectionConfig;
import dev.fanfare.gateway.connection.Draining;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Everybody comes back at once, as after the loss of an instance, and does what `Retry-After` says. Played by a
/// virtual clock.
class ReconnectStormTest {

    private static final int RATE = 100;
    private static final int BURST = 200;
    private static final int CLIENTS = 1500;
    private static final int LONGEST_SECONDS = 20;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// Clients do not come at the very moment: some tens of milliseconds for network and timers.
    private static final long JITTER = Duration.ofMillis(100).toNanos();

    private final Random random = new Random(7);
    private long now = SECOND;

    private final HandshakeConfig config = Configs.mapped(
            HandshakeConfig.class,
            Map.of(
                    "fanfare.gateway.handshake.max-per-second",
                    Integer.toString(RATE),
                    "fanfare.gateway.handshake.burst",
                    Integer.toString(BURST),
                    "fanfare.gateway.handshake.resume-reserve",
                    "0.5",
                    "fanfare.gateway.handshake.max-retry-after",
                    LONGEST_SECONDS + "s"));
    private final Handshakes handshakes = new Handshakes(
            new Draining(), Stream::empty, config, Configs.mapped(ConnectionConfig.class, Map.of()), () -> now);
    private final RetryTimes times = new RetryTimes(config, () -> now);

    private record Attempt(long at, int tries, boolean isResume) {}

    private record Entry(int seconds, int tries, boolean isResume) {}

    private List<Entry> play(int resuming, int strangers) {
        Queue<Attempt> attempts = new PriorityQueue<>(Comparator.comparingLong(Attempt::at));
        long start = now;
        for (int i = 0; i < resuming + strangers; i++) {
            attempts.add(new Attempt(start + random.nextLong(JITTER), 1, i < resuming));
        }
        List<Entry> entered = new ArrayList<>();
        while (!attempts.isEmpty()) {
            Attempt attempt = attempts.remove();
            now = attempt.at();
            Refusal refusal = handshakes.refusal(new EmbeddedChannel(), attempt.isResume());
            if (refusal == null) {
                entered.add(new Entry((int) ((now - start) / SECOND), attempt.tries(), attempt.isResume()));
            } else {
                long again = now + times.after(refusal) * SECOND + random.nextLong(JITTER);
                attempts.add(new Attempt(again, attempt.tries() + 1, attempt.isResume()));
            }
        }
        return entered;
    }

    @Test
    void everybodyResumesAtOnce_allAreInAsFastAsTheRateAllows() {
        // When
        List<Entry> entered = play(CLIENTS, 0);

        // Then
        int fastest = (CLIENTS - BURST) / RATE;
        assertThat(entered).hasSize(CLIENTS);
        assertThat(entered.getLast().seconds()).isBetween(fastest, fastest + 2);
    }

    @Test
    void whoWasToldWhenToCome_isRarelyRefusedAgain() {
        // When
        List<Entry> entered = play(CLIENTS, 0);

        // Then
        double tries = entered.stream().mapToInt(Entry::tries).average().orElseThrow();
        assertThat(tries).isLessThan(2.2);
        assertThat(entered).allMatch(entry -> entry.tries() <= 4);
    }

    @Test
    void clientsComeBack_asManyInEachSecondAsAreLetIn() {
        // When
        Map<Integer, Integer> bySecond = new TreeMap<>();
        play(CLIENTS, 0).forEach(entry -> bySecond.merge(entry.seconds(), 1, Integer::sum));

        // Then
        bySecond.remove(0);
        bySecond.remove(((TreeMap<Integer, Integer>) bySecond).lastKey());
        assertThat(bySecond.values()).isNotEmpty().allMatch(count -> count > RATE * 0.8 && count < RATE * 1.2);
    }

    @Test
    void strangersAmongThem_comeLater() {
        // When
        List<Entry> entered = play(CLIENTS / 3, CLIENTS / 3);

        // Then
        assertThat(average(entered, true)).isLessThan(0.8 * average(entered, false));
        assertThat(entered)
                .filteredOn(entry -> entry.seconds() == 0)
                .filteredOn(entry -> !entry.isResume())
                .hasSizeLessThan(BURST / 2 + RATE / 4);
    }

    private static double average(List<Entry> entered, boolean isResume) {
        return entered.stream()
                .filter(entry -> entry.isResume() == isResume)
                .mapToInt(Entry::seconds)
                .average()
                .orElseThrow();
    }
}
