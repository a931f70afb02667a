package dev.fanfare.benchmarks.capacity;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.Subject;
import java.io.IOException;
import java.io.PrintStream;

/// What does an installation need for so many connections and messages?
public final class CapacityBenchmark {

    private CapacityBenchmark() {}

    /// Prints the plan and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "capacity",
                        CapacityOptions.HELP,
                        CapacityOptions::parse,
                        CapacityOptions::save,
                        CapacityBenchmark::plan)
                .run(arguments);
    }

    private static String plan(CapacityOptions options, Subject subject, PrintStream progress) throws IOException {
        Costs costs = Costs.measuredBefore();
        if (options.isMeasured()) {
            Cores.leaveToServers();
            costs = new CostMeter(progress).measure(costs);
        }
        Plan plan = Plan.of(options.demand(), costs, options.size());
        return new CapacityReport(subject, options, costs, plan).markdown();
    }
}
