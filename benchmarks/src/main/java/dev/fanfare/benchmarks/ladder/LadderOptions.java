package dev.fanfare.benchmarks.ladder;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the benchmark is run with.
///
/// | component | unit and range                                                    |
/// |-----------|-------------------------------------------------------------------|
/// | `rounds`  | measured rounds, each with every step once, from 1                |
/// | `warmUps` | rounds before, which do not count, from 0                         |
/// | `seconds` | of each measurement, from 1                                       |
/// | `window`  | messages on the way at a time, from 1                             |
/// | `bytes`   | size of a message, from 35                                        |
/// | `save`    | whether the report is written to `results/`                       |
record LadderOptions(int rounds, int warmUps, int seconds, int window, int bytes, boolean save) {

    static final String HELP = """
            What each layer between Redis and one client adds to the cost of a message: bare pub/sub, publish.lua, feed, socket.

              --rounds N     measured rounds (5)
              --warm-up N    rounds before them that do not count (2)
              --seconds N    of each measurement (3)
              --window N     messages on the way at a time (64)
              --bytes N      size of a message, from 35 (128)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static LadderOptions parse(Arguments arguments) {
        return new LadderOptions(
                arguments.number("--rounds", 1, 5),
                arguments.number("--warm-up", 0, 2),
                arguments.number("--seconds", 1, 3),
                arguments.number("--window", 1, 64),
                arguments.number("--bytes", 35, 128),
                arguments.flag("--save"));
    }
}
