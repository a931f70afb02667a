package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.peers.PublishPeer;
import java.util.List;

/// What the benchmark is run with.
///
/// | component     | unit and range                                                             |
/// |---------------|----------------------------------------------------------------------------|
/// | `peers`       | who is compared with the bare class                                        |
/// | `connections` | of clients, each with one request at a time, from 1                        |
/// | `bytes`       | size of a message's data as JSON, from 2                                   |
/// | `rounds`      | measured rounds, each with every side once, from 1                         |
/// | `warmUps`     | rounds before, which do not count, from 0                                  |
/// | `seconds`     | of each measurement, from 1                                                |
/// | `minutes`     | of a soak of the first peer instead of the comparison, 0 for no soak       |
/// | `save`        | whether the report is written to `results/`                                |
record HttpOptions(
        List<PublishPeer> peers,
        int connections,
        int bytes,
        int rounds,
        int warmUps,
        int seconds,
        int minutes,
        boolean save) {

    static final String HELP = """
            What a publish over HTTP costs: how much of the rate of the bare publisher class the service reaches, beside
            a server in Express, in the same run.

              --peers A,B    some of publisher-jvm, publisher-native, express (all)
              --conns N      keep-alive connections, each with one request at a time (64)
              --bytes N      size of a message's data (256)
              --rounds N     measured rounds (5)
              --warm-up N    rounds before them that do not count; a JVM needs about a minute of load (6)
              --seconds N    of each measurement (10)
              --minutes N    instead of all this, load on the first of --peers for so long, and its memory
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    HttpOptions {
        peers = List.copyOf(peers);
    }

    static HttpOptions parse(Arguments arguments) {
        return new HttpOptions(
                PublishPeer.parse(arguments.text("--peers", PublishPeer.ids())),
                arguments.number("--conns", 1, 64),
                arguments.number("--bytes", 2, 256),
                arguments.number("--rounds", 1, 5),
                arguments.number("--warm-up", 0, 6),
                arguments.number("--seconds", 1, 10),
                arguments.number("--minutes", 1, 0),
                arguments.flag("--save"));
    }

    boolean isSoak() {
        return minutes > 0;
    }

    /// A message's data, a JSON string.
    String data() {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }
}
