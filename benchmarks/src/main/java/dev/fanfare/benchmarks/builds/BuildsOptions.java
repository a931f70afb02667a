package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the benchmark is run with.
///
/// | component | unit and range                                              |
/// |-----------|-------------------------------------------------------------|
/// | `starts`  | of each build, from 1                                       |
/// | `warmUp`  | seconds of load before a measurement, from 0                |
/// | `seconds` | of each measurement, from 1                                 |
/// | `save`    | whether the report is written to `results/`                 |
record BuildsOptions(int starts, int warmUp, int seconds, boolean save) {

    static final String HELP = """
            Each service as a native executable and on the JVM: size, start, memory, and what its work costs.
            Needs ./dev build and ./dev native; what is not built is left out.

              --starts N     of each build (7)
              --warm-up N    seconds of load before a measurement; a JVM needs about a minute (45)
              --seconds N    of each measurement (10)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static BuildsOptions parse(Arguments arguments) {
        return new BuildsOptions(
                arguments.number("--starts", 1, 7),
                arguments.number("--warm-up", 0, 45),
                arguments.number("--seconds", 1, 10),
                arguments.flag("--save"));
    }
}
