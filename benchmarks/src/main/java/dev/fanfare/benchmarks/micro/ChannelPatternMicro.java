package dev.fanfare.benchmarks.micro;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does it cost to ask whether a channel belongs to a pattern?
@State(Scope.Thread)
public class ChannelPatternMicro {

    /// Matches at once, at the end, in the middle, and not at all.
    @Param({"*", "orders.eu.*", "orders.*.status", "invoices.*"})
    public String pattern = "*";

    private final Channel channel = new Channel("orders.eu.berlin.4711.status");

    @Benchmark
    public boolean matches(Prepared prepared) {
        return prepared.pattern.matches(channel);
    }

    /// The pattern as an object, made once.
    @State(Scope.Thread)
    public static class Prepared {

        private ChannelPattern pattern = new ChannelPattern("*");

        @Setup
        public void prepare(ChannelPatternMicro benchmark) {
            pattern = new ChannelPattern(benchmark.pattern);
        }
    }
}
