package dev.fanfare.benchmarks.revoke;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The results as a page of Markdown.
///
/// @param facts further rows of the head
record RevokeReport(Subject subject, Map<String, String> facts, List<Revoked> rounds) {

    private static final String COLUMNS = """

            | round | answer, ms | closed: half, ms | 99 %, ms | the last, ms | old token refused |
            |--:|--:|--:|--:|--:|--:|
            """;

    private static final String LEGEND = """

            Closes are counted from the answer of `POST /v1/revocations` to the moment at which the client has the close
            frame in hand. Gateways ask twice a second what was revoked, so half a second is in the figures by design.

            """;

    String markdown() {
        return subject.head("Revocation", "How long those who are revoked stay connected.", facts)
                + COLUMNS
                + IntStream.range(0, rounds.size())
                        .mapToObj(i -> row(i + 1, rounds.get(i)))
                        .collect(Collectors.joining())
                + LEGEND
                + verdict()
                + "\n"
                + Subject.reading();
    }

    private static String row(int number, Revoked round) {
        return String.format(
                Locale.ROOT,
                "| %d | %.1f | %.0f | %.0f | %.0f | %d of %d |%n",
                number,
                round.answer(),
                round.close(0.5),
                round.close(0.99),
                round.last(),
                round.refused(),
                round.attempts());
    }

    /// One line on what was found.
    String verdict() {
        Spread last = Spread.of(rounds.stream().map(Revoked::last).toList());
        return String.format(
                Locale.ROOT,
                "The last close came %.0f ms after the answer in the median round, %.0f ms in the slowest; the target, %.0f ms,"
                        + " is %s.",
                last.median(),
                last.max(),
                Revoked.TARGET,
                rounds.stream().allMatch(Revoked::isGood) ? "met" : "missed");
    }
}
