package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.List;

/// What the benchmark is run with.
///
/// | component         | unit and range                                                            |
/// |-------------------|---------------------------------------------------------------------------|
/// | `cases`           | in order; those with equal shapes follow each other and share connections |
/// | `peers`           | who is compared                                                           |
/// | `rounds`          | measured rounds, each with every server once, from 1                      |
/// | `warmUps`         | rounds before, which do not count, from 0                                 |
/// | `seconds`         | of each measurement, from 1                                               |
/// | `warm`            | seconds of load before those of a set of connections, from 0              |
/// | `isRedisWithLoad` | whether Redis shares the load generator's core instead of the servers'    |
/// | `save`            | whether the report is written to `results/`                               |
record FanoutOptions(
        List<Case> cases,
        List<Peer> peers,
        int rounds,
        int warmUps,
        int seconds,
        int warm,
        boolean isRedisWithLoad,
        boolean save) {

    private static final int CONNECTIONS = 1_000;
    private static final int MANY = 10_000;
    private static final int WINDOW = 16;

    /// With one subscriber per channel, so many are needed to keep a server busy through Redis.
    private static final int MANY_WINDOW = 256;

    static final String HELP = """
            What one delivery costs the server's processor, beside other servers in the same run.

            Without --conns, --channels and --window it measures four cases: 1,000 connections to one channel
            with 16 messages in flight, with 1, and at half of the highest rate (latency); and 10,000
            connections with a channel each, 256 in flight.

              --peers A,B    some of gateway-jvm, gateway-native, tutorial, socketio, nchan, nats (all)
              --conns N      one case of your own: connections (1000)
              --channels N   channels over which they are spread (1)
              --window N     messages in flight (16); the latency at half of that rate is measured too
              --bytes N      size of a message, from 35 (128)
              --rounds N     measured rounds (5)
              --warm-up N    rounds before them that do not count (1)
              --seconds N    of each measurement (5)
              --warm N       seconds of load before the measurements of a server in a round (3)
              --redis-with-load
                             Redis on the load generator's core, not on the servers'
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    FanoutOptions {
        cases = List.copyOf(cases);
        peers = List.copyOf(peers);
    }

    static FanoutOptions parse(Arguments arguments) {
        return new FanoutOptions(
                cases(arguments),
                Peer.parse(arguments.text("--peers", Peer.ids())),
                arguments.number("--rounds", 1, 5),
                arguments.number("--warm-up", 0, 1),
                arguments.number("--seconds", 1, 5),
                arguments.number("--warm", 0, 3),
                arguments.flag("--redis-with-load"),
                arguments.flag("--save"));
    }

    private static List<Case> cases(Arguments arguments) {
        boolean isOwn = arguments.has("--conns") || arguments.has("--channels") || arguments.has("--window");
        int bytes = arguments.number("--bytes", 1, 128);
        int connections = arguments.number("--conns", 1, CONNECTIONS);
        int channels = arguments.number("--channels", 1, 1);
        int window = arguments.number("--window", 1, WINDOW);
        var shape = new Shape(connections, channels, bytes);
        if (isOwn) {
            return List.of(new Case(shape, window), Case.halfOfHighest(shape));
        }
        return List.of(
                new Case(shape, WINDOW),
                new Case(shape, 1),
                Case.halfOfHighest(shape),
                new Case(new Shape(MANY, MANY, bytes), MANY_WINDOW));
    }

    /// Connections of the largest case.
    int mostConnections() {
        return cases.stream()
                .mapToInt(situation -> situation.shape().connections())
                .max()
                .orElse(0);
    }
}
