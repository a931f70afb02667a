package dev.fanfare.benchmarks.micro;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Subject;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What do single steps on the path of a message cost?
///
/// The steps are in the classes of this package whose names end in `Micro`.
public final class MicroBenchmark {

    private static final TimeValue SECOND = TimeValue.seconds(1);

    private MicroBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "micro", MicroOptions.HELP, MicroOptions::parse, MicroOptions::save, MicroBenchmark::measure)
                .run(arguments);
    }

    private static String measure(MicroOptions options, Subject subject, PrintStream progress) {
        progress.println("JMH measures each step for " + 2 * options.forks() * options.rounds() + " s");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "a measurement",
                options.forks() + " virtual machines with " + options.rounds()
                        + " measurements of a second each, by JMH");
        return new MicroReport(subject, facts, run(options)).markdown();
    }

    private static List<MicroReport.Row> run(MicroOptions options) {
        String steps = Pattern.quote(MicroBenchmark.class.getPackageName()) + ".*Micro\\..*"
                + Pattern.quote(options.only()) + ".*";
        var settings = new OptionsBuilder()
                .include(steps)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(options.forks())
                .warmupIterations(options.rounds())
                .warmupTime(SECOND)
                .measurementIterations(options.rounds())
                .measurementTime(SECOND)
                .shouldFailOnError(true)
                .build();
        try {
            Collection<RunResult> results = new Runner(settings).run();
            return results.stream().map(MicroBenchmark::row).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH did not measure: " + e.getMessage(), e);
        }
    }

    private static MicroReport.Row row(RunResult result) {
        String name = result.getParams().getBenchmark();
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> " `" + result.getParams().getParam(key) + "`")
                .collect(Collectors.joining());
        return new MicroReport.Row(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1) + parameters,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError());
    }
}
