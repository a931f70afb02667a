package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How much of the rate of the bare `publish.lua`, driven by `redis-benchmark`, does our publisher reach?
///
/// Both publish to the same Redis in the same run, in turns; the ratio within a round is what counts,
/// because the machine changes from minute to minute and both sides with it. See [Comparison].
public final class PublishBenchmark {

    private PublishBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "publish",
                        PublishOptions.HELP,
                        PublishOptions::parse,
                        PublishOptions::save,
                        PublishBenchmark::measure)
                .run(arguments);
    }

    private static String measure(PublishOptions options, Subject subject, PrintStream progress) throws IOException {
        return run(options, subject, progress).markdown();
    }

    /// Compares all sides.
    ///
    /// @param progress told the rate of each turn
    static PublishReport run(PublishOptions options, Subject subject, PrintStream progress) throws IOException {
        try (var installation = new PublisherOnRedis(options.history(), options.inFlight())) {
            var comparison = new Comparison(installation, options);
            Map<Side, List<Round>> rounds = comparison.run(
                    (side, round) -> progress.printf(Locale.ROOT, "%,9.0f/s  %s%n", round.perSecond(), side.name()));
            return new PublishReport(
                    subject,
                    comparison.bareScript().commandLine(options.messages()),
                    installation.version(),
                    options,
                    rounds);
        }
    }
}
