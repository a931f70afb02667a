package dev.fanfare.benchmarks.revoke;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the benchmark is run with.
///
/// | component     | unit and range                                                      |
/// |---------------|---------------------------------------------------------------------|
/// | `connections` | of one subject, over all gateways, from 1                           |
/// | `gateways`    | from 1                                                              |
/// | `rounds`      | subjects, one after the other, from 1                               |
/// | `save`        | whether the report is written to `results/`                         |
record RevokeOptions(int connections, int gateways, int rounds, boolean save) {

    static final String HELP = """
            How long the connections of a subject stay open after POST /v1/revocations has answered.

              --conns N      connections of one subject, over all gateways (2000)
              --gateways N   (2)
              --rounds N     subjects, after one that does not count (5)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static RevokeOptions parse(Arguments arguments) {
        return new RevokeOptions(
                arguments.number("--conns", 1, 2_000),
                arguments.number("--gateways", 1, 2),
                arguments.number("--rounds", 1, 5),
                arguments.flag("--save"));
    }
}
