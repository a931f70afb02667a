package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.peers.Peer;

/// What the benchmark is run with.
///
/// | component | unit and range                                      |
/// |-----------|-----------------------------------------------------|
/// | `seconds` | for which clients come, from 1                      |
/// | `rate`    | clients per second, from 1                          |
/// | `peer`    | which of our gateways                               |
/// | `save`    | whether the report is written to `results/`         |
record ChurnOptions(int seconds, int rate, Peer peer, boolean save) {

    static final String HELP = """
            Whether memory and interest at Redis are given back by clients that come, subscribe, get one message and go.

              --seconds N    for which clients come (600)
              --rate N       clients per second (500)
              --peer A       gateway-jvm or gateway-native (gateway-jvm)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static ChurnOptions parse(Arguments arguments) {
        return new ChurnOptions(
                arguments.number("--seconds", 1, 600),
                arguments.number("--rate", 1, 500),
                Peer.gateway(arguments.text("--peer", Peer.GATEWAY_JVM.id())),
                arguments.flag("--save"));
    }
}
