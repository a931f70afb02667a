package dev.fanfare.benchmarks.harness;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What is measured, when and where.
///
/// | component | meaning                  |
/// |-----------|--------------------------|
/// | `commit`  | what was measured        |
/// | `command` | how to measure it again  |
public record Subject(LocalDate date, String commit, String command, Machine machine) {

    /// The head of a page: title, question, where and when it was measured, and some facts more.
    public String head(String title, String question, Map<String, String> facts) {
        String rows = facts.entrySet().stream()
                .map(fact -> "| " + fact.getKey() + " | " + fact.getValue() + " |\n")
                .collect(Collectors.joining());
        return String.format(
                        Locale.ROOT,
                        """
                        # %s, %s

                        %s

                        | | |
                        |---|---|
                        | commit | `%s` |
                        | command | `%s` |
                        | machine | %s, %d cores, %s, %s |
                        | load before the start | %s |
                        | network | %s |
                        """,
                        title,
                        date,
                        question,
                        commit,
                        command,
                        machine.cpu(),
                        machine.cores(),
                        machine.system(),
                        machine.java(),
                        machine.load() < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", machine.load()),
                        machine.network())
                + rows;
    }

    /// The place for what somebody reads in the page.
    public static String reading() {
        return "\n## Reading\n\n(to be written by whoever measured)\n";
    }
}
