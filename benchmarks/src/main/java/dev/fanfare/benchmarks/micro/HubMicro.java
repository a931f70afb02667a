package dev.fanfare.benchmarks.micro;

import dev.fanfare.benchmarks.hub.HubInProcess;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What does one message cost the hub, from the feed's thread to the last subscriber of an event loop? A call is
/// one message to all subscribers; 64 are on the way at a time.
@State(Scope.Thread)
public class HubMicro {

    private static final int BYTES = 128;
    private static final int IN_FLIGHT = 64;
    private static final Channel CHANNEL = new Channel("iss.telemetry");
    private static final StreamPosition POSITION = new StreamPosition("k3Jd02Xy", 123_456);

    /// Subscribers on the loop.
    @Param({"1", "100", "1000"})
    public int subscribers = 1;

    private final Publication publication = publication();

    private static Publication publication() {
        var message = new Message(
                CHANNEL, "iss-12-7", RawJson.ofString("x".repeat(BYTES)), null, null, Instant.ofEpochMilli(1));
        return new Publication(POSITION, "aaaaaaaa", "bbbbbbbb", StoredMessage.of(message));
    }

    /// A hub with its subscribers.
    @State(Scope.Thread)
    public static class Prepared {

        private HubInProcess hub = new HubInProcess(CHANNEL, 1, POSITION, _ -> {});
        private long bytes;

        @Setup
        public void prepare(HubMicro benchmark) {
            hub.close();
            hub = new HubInProcess(CHANNEL, benchmark.subscribers, POSITION, frames -> bytes += frames.readableBytes());
        }

        @TearDown
        public void end() {
            hub.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public long deliver(Prepared prepared) {
        for (int i = 0; i < IN_FLIGHT; i++) {
            prepared.hub.deliver(publication);
        }
        prepared.hub.settle();
        return prepared.bytes;
    }
}
