package dev.fanfare.benchmarks.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FanoutReportTest {

    private static final Case SITUATION = new Case(new Shape(1_000, 1, 128), 16);

    private static final Duration REDIS = Duration.ofMillis(3);

    private final Turns turns = new Turns();

    @Test
    void ratio_comparesProcessorTimeWithinTheRound() {
        // Given
        add(Peer.GATEWAY_JVM, 0, 1);
        add(Peer.NATS, 0, 2);
        add(Peer.GATEWAY_JVM, 1, 2);
        add(Peer.NATS, 1, 8);

        // When
        var ratio = turns.ratio(SITUATION, Peer.GATEWAY_JVM, Peer.NATS, Outcome::serverMicrosEach);

        // Then
        assertThat(ratio).contains(new Spread(0.25, 0.375, 0.5));
    }

    @Test
    void roundThatTheOtherDidNotGetThrough_isNotCompared() {
        // Given
        add(Peer.GATEWAY_JVM, 0, 1);
        add(Peer.GATEWAY_JVM, 1, 1);
        add(Peer.NATS, 0, 2);
        turns.add(SITUATION, Peer.NATS, 1, new Turn.Failed("it hung up"));

        // When
        var ratio = turns.ratio(SITUATION, Peer.GATEWAY_JVM, Peer.NATS, Outcome::serverMicrosEach);

        // Then
        assertThat(ratio).contains(new Spread(0.5, 0.5, 0.5));
    }

    @Test
    void lostAndRepeatedDeliveries_areFaults() {
        // Given
        turns.add(SITUATION, Peer.NATS, 0, new Turn.Measured(outcome(1, 990, 3), REDIS));

        // Then
        assertThat(turns.faults(Peer.NATS)).isEqualTo(13);
        assertThat(turns.faults(Peer.NCHAN)).isZero();
    }

    @Test
    void page_namesWhatItTakesToMeasureAgain() {
        // Given
        add(Peer.GATEWAY_JVM, 0, 2);

        // When
        String page = page(Map.of());

        // Then
        assertThat(page)
                .contains(
                        "`c0ffee`",
                        "`./dev bench fanout`",
                        "some cpu, 2 cores",
                        "| network | a network |",
                        "| a fact | here |")
                .contains("## 1,000 connections, 1 channel, 16 in flight")
                .contains("| our gateway, JVM | 1,000 | 1,000 | 1,000 | 2.00 | 2.00 | 2.00 | – | – | – | – | – | – |"
                        + " 3.00 | 0 % | 50 % | 1.00 | 2.00 | 3.00 | 4.00 | 0 | 0 |\n")
                .contains("## Reading");
    }

    @Test
    void serverThatIsNotThere_isNamedWithTheReason() {
        assertThat(page(Map.of(Peer.NATS, "not installed: run it")))
                .contains("| NATS WebSocket | absent: not installed: run it |\n");
    }

    @Test
    void serverThatDidNotGetThrough_isNamedWithTheReason() {
        // Given
        turns.add(SITUATION, Peer.NATS, 0, new Turn.Failed("it\nhung up"));

        // Then
        assertThat(page(Map.of())).contains("| NATS WebSocket | failed: it hung up |\n");
    }

    private void add(Peer peer, int round, int micros) {
        turns.add(SITUATION, peer, round, new Turn.Measured(outcome(micros, 1_000, 0), REDIS));
    }

    private static Outcome outcome(int microsEach, long delivered, long repeated) {
        return new Outcome(
                1,
                1_000,
                delivered,
                repeated,
                Duration.ofSeconds(1),
                Duration.ofNanos(microsEach * 1_000L * delivered),
                Duration.ofMillis(500),
                new Percentiles(1, 2, 3, 4));
    }

    private String page(Map<Peer, String> absent) {
        var options =
                new FanoutOptions(List.of(SITUATION), List.of(Peer.GATEWAY_JVM, Peer.NATS), 2, 0, 1, 0, false, false);
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench fanout", machine);
        return new FanoutReport(subject, Map.of("a fact", "here"), options, absent, turns).markdown();
    }
}
