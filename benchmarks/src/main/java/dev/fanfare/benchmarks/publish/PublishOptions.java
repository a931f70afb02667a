package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the benchmark is run with.
///
/// | component  | unit and range                                                                   |
/// |------------|----------------------------------------------------------------------------------|
/// | `rounds`   | measured rounds, each with every side once, from 1                               |
/// | `warmUps`  | rounds before, which do not count, from 0                                        |
/// | `messages` | publishes of each side and round, from 1; rounded up to a multiple of `pipeline` |
/// | `clients`  | connections of redis-benchmark, from 1                                           |
/// | `pipeline` | commands on the way on each of them, from 1                                      |
/// | `bytes`    | size of a message's data, from 2                                                 |
/// | `history`  | messages kept per channel, from 0                                                |
/// | `channels` | channels over which the third side spreads its publishes, from 1                 |
/// | `save`     | whether the report is written to `results/`                                      |
record PublishOptions(
        int rounds,
        int warmUps,
        int messages,
        int clients,
        int pipeline,
        int bytes,
        int history,
        int channels,
        boolean save) {

    static final String HELP = """
            How much of the rate of the bare publish.lua, driven by redis-benchmark, our publisher reaches.

              --rounds N     measured rounds (5)
              --warm-up N    rounds before them that do not count (2)
              --messages N   publishes of each side in each round (300000)
              --clients N    connections of redis-benchmark (16)
              --pipeline N   commands on the way on each (16); our publisher has as many on its one connection
              --bytes N      size of a message's data (256)
              --history N    messages kept per channel (100)
              --channels N   channels of the third side, our publisher spread over many (100)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    PublishOptions {
        // redis-benchmark rounds up so.
        messages = Math.ceilDiv(messages, pipeline) * pipeline;
    }

    /// Publishes that every side has on their way at a time.
    int inFlight() {
        return clients * pipeline;
    }

    /// Reads the command line.
    ///
    /// @throws IllegalArgumentException with a text for the user
    static PublishOptions parse(Arguments arguments) {
        return new PublishOptions(
                arguments.number("--rounds", 1, 5),
                arguments.number("--warm-up", 0, 2),
                arguments.number("--messages", 1, 300_000),
                arguments.number("--clients", 1, 16),
                arguments.number("--pipeline", 1, 16),
                arguments.number("--bytes", 2, 256),
                arguments.number("--history", 0, 100),
                arguments.number("--channels", 1, 100),
                arguments.flag("--save"));
    }
}
