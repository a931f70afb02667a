package dev.fanfare.benchmarks.capacity;

import dev.fanfare.benchmarks.harness.Arguments;

/// What the planner is run with.
///
/// | component   | meaning                                                       |
/// |-------------|---------------------------------------------------------------|
/// | `demand`    | what is asked                                                 |
/// | `size`      | how large instances are                                       |
/// | `isMeasured`| whether costs are measured here, instead of taken from before |
/// | `save`      | whether the page is written to `results/`                     |
record CapacityOptions(Demand demand, Size size, boolean isMeasured, boolean save) {

    static final String HELP = """
            What an installation needs: instances, processors, memory, network and Redis, for half load.

              --conns N             connections at a time (10000)
              --channels N          channels over which they are spread evenly (100)
              --messages N          messages a second, to all channels together (100)
              --bytes N             size of a message's data (256)
              --history N           messages that each channel keeps (100)
              --max-connections N   limit of each gateway, fanfare.gateway.handshake.max-connections (20000)
              --gateway-cores N     processors of each gateway (1)
              --publisher-cores N   processors of each publisher (1)
              --measure             measure here what deliveries, publishes and stored messages cost, about 2 minutes,
                                    instead of taking the figures of the project's own machine
              --save                write the page to benchmarks/results/
              --help                this text
            """;

    static CapacityOptions parse(Arguments arguments) {
        return new CapacityOptions(
                new Demand(
                        arguments.number("--conns", 1, 10_000),
                        arguments.number("--channels", 1, 100),
                        arguments.number("--messages", 0, 100),
                        arguments.number("--bytes", 1, 256),
                        arguments.number("--history", 0, 100)),
                new Size(
                        arguments.number("--max-connections", 1, 20_000),
                        arguments.number("--gateway-cores", 1, 1),
                        arguments.number("--publisher-cores", 1, 1)),
                arguments.flag("--measure"),
                arguments.flag("--save"));
    }
}
