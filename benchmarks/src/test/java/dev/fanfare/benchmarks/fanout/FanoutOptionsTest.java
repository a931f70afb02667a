package dev.fanfare.benchmarks.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.benchmarks.harness.Arguments;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanoutOptionsTest {

    @Test
    void noOptions_measureTheFourCasesOfAllServers() {
        // When
        FanoutOptions options = parse();

        // Then
        assertThat(options.cases())
                .extracting(Case::title)
                .containsExactly(
                        "1,000 connections, 1 channel, 16 in flight",
                        "1,000 connections, 1 channel, 1 in flight",
                        "1,000 connections, 1 channel, half of its highest rate",
                        "10,000 connections, 10,000 channels, 256 in flight");
        assertThat(options.peers()).containsExactly(Peer.values());
    }

    @Test
    void connectionsOfOnesOwn_makeACaseOfOnesOwn() {
        // When
        FanoutOptions options = parse("--conns", "50", "--channels", "5", "--bytes", "64", "--peers", "nats,nchan");

        // Then
        var shape = new Shape(50, 5, 64);
        assertThat(options.cases()).containsExactly(new Case(shape, 16), Case.halfOfHighest(shape));
        assertThat(options.peers()).containsExactly(Peer.NATS, Peer.NCHAN);
    }

    @Test
    void unknownServer_isRefusedWithTheNamesOfAll() {
        assertThatThrownBy(() -> parse("--peers", "ours"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ours")
                .hasMessageContaining("gateway-jvm,gateway-native");
    }

    @Test
    void messageTooSmallForItsMark_isRefused() {
        assertThatThrownBy(() -> parse("--bytes", "20"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20");
    }

    private static FanoutOptions parse(String... arguments) {
        return FanoutOptions.parse(new Arguments(List.of(arguments)));
    }
}
