package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.testkit.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How much of the rate of the bare `publish.lua`, driven by `redis-benchmark`, does our publisher reach?
///
/// Both publish to the same Redis in the same run, in turns; the ratio within a round is what counts,
/// because the machine changes from minute to minute and both sides with it. See [Comparison].
public final class PublishBenchmark {

    private static final Path RESULTS = Path.of("benchmarks", "results");

    private PublishBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) throws IOException {
        Optional<PublishOptions> options;
        try {
            options = PublishOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench publish: " + e.getMessage());
            System.exit(2);
            return;
        }
        if (options.isEmpty()) {
            System.out.print(PublishOptions.HELP);
            return;
        }
        measure(options.get(), String.join(" ", arguments));
    }

    private static void measure(PublishOptions options, String arguments) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path file = RESULTS.resolve(today + "-publish.md");
        if (options.save() && Files.exists(file)) {
            System.err.println("bench publish: " + file + " exists already; what was read from it would be lost");
            System.exit(2);
        }
        String page = run(options, today, ("./dev bench publish " + arguments).strip(), System.err)
                .markdown();
        System.out.println("\n" + page);
        if (options.save()) {
            Files.createDirectories(RESULTS);
            Files.writeString(file, page);
            System.err.println("written to " + file + "; add what you read in it");
        }
    }

    /// Compares all sides.
    ///
    /// @param command how the user started this
    /// @param progress told the rate of each turn
    static PublishReport run(PublishOptions options, LocalDate date, String command, PrintStream progress)
            throws IOException {
        Machine machine = Machine.here();
        try (var installation = new PublisherOnRedis(options)) {
            var comparison = new Comparison(installation, options);
            Map<Side, List<Round>> rounds = comparison.run(
                    (side, round) -> progress.printf(Locale.ROOT, "%,9.0f/s  %s%n", round.perSecond(), side.name()));
            return new PublishReport(
                    date,
                    System.getProperty("fanfare.commit", "unknown"),
                    command,
                    comparison.bareScript().commandLine(options.messages()),
                    machine,
                    versionOf(installation.redis),
                    options,
                    rounds);
        }
    }

    private static String versionOf(RedisServer redis) {
        return String.valueOf(redis.execute("INFO", "server"))
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> "Redis " + line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("Redis");
    }
}
