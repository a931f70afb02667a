package dev.fanfare.benchmarks.micro;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the benchmark is run with.
///
/// | component | unit and range                                                     |
/// |-----------|--------------------------------------------------------------------|
/// | `forks`   | virtual machines in which each step is measured, from 1            |
/// | `rounds`  | measurements in each, of a second, from 1; as many before to warm up |
/// | `only`    | part of the names of the steps that are measured; empty for all    |
/// | `save`    | whether the report is written to `results/`                        |
record MicroOptions(int forks, int rounds, String only, boolean save) {

    static final String HELP = """
            What single steps on the path of a message cost, by JMH: reading and writing frames,
            matching patterns, the hub.

              --forks N      virtual machines in which each step is measured (2)
              --rounds N     measurements of a second in each (5), after as many to warm up
              --only TEXT    only steps with this in their name, for example framePublication
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static MicroOptions parse(Arguments arguments) {
        return new MicroOptions(
                arguments.number("--forks", 1, 2),
                arguments.number("--rounds", 1, 5),
                arguments.text("--only", ""),
                arguments.flag("--save"));
    }
}
