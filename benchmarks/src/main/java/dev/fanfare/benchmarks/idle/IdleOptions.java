package dev.fanfare.benchmarks.idle;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.List;

/// What the benchmark is run with.
///
/// | component     | unit and range                                                  |
/// |---------------|-----------------------------------------------------------------|
/// | `connections` | held at a time, from 1                                          |
/// | `channels`    | over which they are spread, from 1                              |
/// | `seconds`     | for which processor time is counted, from 1                     |
/// | `peers`       | who is compared                                                 |
/// | `save`        | whether the report is written to `results/`                     |
record IdleOptions(int connections, int channels, int seconds, List<Peer> peers, boolean save) {

    static final String HELP = """
            What idle connections cost: resident memory of the server, memory of the kernel, processor time with them and without.

              --conns N      connections, each with one subscription (15000)
              --channels N   channels over which they are spread (1)
              --seconds N    for which processor time is counted, with connections and without (60)
              --peers A,B    some of gateway-jvm, gateway-native, tutorial, socketio, nchan, nats (all)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    IdleOptions {
        peers = List.copyOf(peers);
    }

    static IdleOptions parse(Arguments arguments) {
        return new IdleOptions(
                arguments.number("--conns", 1, 15_000),
                arguments.number("--channels", 1, 1),
                arguments.number("--seconds", 1, 60),
                Peer.parse(arguments.text("--peers", Peer.ids())),
                arguments.flag("--save"));
    }
}
