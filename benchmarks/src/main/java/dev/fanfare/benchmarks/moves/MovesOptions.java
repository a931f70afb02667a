package dev.fanfare.benchmarks.moves;

import dev.fanfare.benchmarks.harness.Arguments;

/// What both benchmarks are run with.
///
/// | component  | unit and range                                              |
/// |------------|-------------------------------------------------------------|
/// | `clients`  | from 10                                                     |
/// | `channels` | to which they are subscribed in turns, from 1               |
/// | `rate`     | messages per second to all channels together, from 1        |
/// | `isNative` | whether gateways are native executables, or jars on a JVM   |
/// | `save`     | whether the report is written to `results/`                 |
record MovesOptions(int clients, int channels, int rate, boolean isNative, boolean save) {

    private static final int LEAST_CLIENTS = 10;

    /// The options, but for the question.
    static final String HELP = """

              --conns N      clients, of one channel each (%d)
              --channels N   channels (50)
              --rate N       messages per second to all channels together (50)
              --native       gateways as native executables
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    /// @param clients unless the command line says otherwise
    static MovesOptions parse(Arguments arguments, int clients) {
        return new MovesOptions(
                arguments.number("--conns", LEAST_CLIENTS, clients),
                arguments.number("--channels", 1, 50),
                arguments.number("--rate", 1, 50),
                arguments.flag("--native"),
                arguments.flag("--save"));
    }

    /// For the head of the page.
    String load() {
        return "%,d clients, each of one of %d channels; %d messages of 128 bytes a second to all of them together, %,d deliveries a second"
                .formatted(clients, channels, rate, (long) rate * clients / channels);
    }

    String software() {
        return "our gateways, " + (isNative ? "native" : "JVM") + ", with their defaults · HAProxy before them";
    }
}
