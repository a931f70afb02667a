package dev.fanfare.benchmarks.idle;

import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                                       |
/// |-----------|-----------------------------------------------|
/// | `facts`   | further rows of the head                      |
/// | `absent`  | servers that were not measured, and why       |
record IdleReport(Subject subject, Map<String, String> facts, Map<Peer, Idle> idle, Map<Peer, String> absent) {

    private static final double MEGA = 1024.0 * 1024;

    private static final String COLUMNS = """

            | server | resident without, MB | with, MB | KB a connection | kernel: buffers, KB a connection | kernel: objects, KB a connection | CPU without, of a core | with | of the connections |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final String LEGEND = """

            "Resident without" is that of a server to which 200 clients have come and gone, so that its code is loaded.
            No collection of garbage is asked for. The kernel's memory is that of both ends of a connection, as
            both are on this machine, and of whatever else happens here meanwhile. Nothing is published while
            processor time is counted. Without connections it is that of timers and probes; what connections add
            is pings.
            """;

    String markdown() {
        return subject.head("Idle connections", "What connections cost that do nothing.", facts)
                + COLUMNS
                + idle.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + absent.entrySet().stream()
                        .map(entry -> "| " + entry.getKey().title() + " | not measured: "
                                + entry.getValue().replaceAll("\\s+", " ") + " |\n")
                        .collect(Collectors.joining())
                + LEGEND
                + Subject.reading();
    }

    private static String row(Peer peer, Idle its) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f %% | %.1f %% | %.1f %% |%n",
                peer.title(),
                its.residentBefore() / MEGA,
                its.residentAfter() / MEGA,
                its.residentKilobytesEach(),
                its.tcpKilobytesEach(),
                its.slabKilobytesEach(),
                its.cpuShareBefore() * 100,
                its.cpuShareAfter() * 100,
                (its.cpuShareAfter() - its.cpuShareBefore()) * 100);
    }
}
