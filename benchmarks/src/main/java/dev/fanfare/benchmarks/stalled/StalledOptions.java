package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.peers.Peer;

/// What the benchmark is run with.
///
/// | component | unit and range                                             |
/// |-----------|------------------------------------------------------------|
/// | `stalled` | clients that do not read, from 1                           |
/// | `readers` | clients that do, from 1                                    |
/// | `rate`    | messages per second, from 1                                |
/// | `bytes`   | size of a message, from 35                                 |
/// | `seconds` | of each measurement, from 1                                |
/// | `fill`    | most seconds in which the stalled's buffers fill, from 1   |
/// | `rounds`  | pairs of measurements, from 1                              |
/// | `peer`    | which of our gateways                                      |
/// | `save`    | whether the report is written to `results/`                |
record StalledOptions(
        int stalled, int readers, int rate, int bytes, int seconds, int fill, int rounds, Peer peer, boolean save) {

    static final String HELP = """
            What clients that have stopped to read, as paused browser tabs do, cost those that go on: latency without
            them and with them, in turns, and the gateway's memory.

              --stalled N    clients that do not read (500)
              --readers N    clients that do (500)
              --rate N       messages per second, all to one channel (50)
              --bytes N      size of a message (1024)
              --seconds N    of each measurement (5)
              --fill N       seconds before, at most, until the kernel's buffers for the stalled are full (20)
              --rounds N     pairs of measurements, after one that does not count (5)
              --peer A       gateway-jvm or gateway-native (gateway-jvm)
              --save         write the report to benchmarks/results/
              --help         this text
            """;

    static StalledOptions parse(Arguments arguments) {
        return new StalledOptions(
                arguments.number("--stalled", 1, 500),
                arguments.number("--readers", 1, 500),
                arguments.number("--rate", 1, 50),
                arguments.number("--bytes", 35, 1024),
                arguments.number("--seconds", 1, 5),
                arguments.number("--fill", 1, 20),
                arguments.number("--rounds", 1, 5),
                Peer.gateway(arguments.text("--peer", Peer.GATEWAY_JVM.id())),
                arguments.flag("--save"));
    }
}
