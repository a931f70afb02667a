package dev.fanfare.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.FrameCodec;
import dev.fanfare.contract.frame.FrameReading;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What do reading a request and writing a frame cost?
@State(Scope.Thread)
public class FrameCodecMicro {

    private static final int BYTES = 128;
    private static final Channel CHANNEL = new Channel("iss.telemetry");
    private static final StreamPosition POSITION = new StreamPosition("k3Jd02Xy", 123_456);

    private final byte[] head = PublicationFrame.head(CHANNEL);
    private final Publication publication = publication();
    private final byte[] stored = publication.message().utf8();
    private final ServerFrame subscribed =
            new ServerFrame.Subscribed(CHANNEL, new RequestId("7"), POSITION, false, false);

    private static Publication publication() {
        var message = new Message(
                CHANNEL,
                "iss-12-7",
                RawJson.ofString("x".repeat(BYTES)),
                null,
                null,
                Instant.ofEpochMilli(1_700_000_000_123L));
        return new Publication(POSITION, "aaaaaaaa", "bbbbbbbb", StoredMessage.of(message));
    }

    @Benchmark
    public FrameReading readSubscribe() {
        return FrameCodec.read("{\"action\":\"subscribe\",\"channel\":\"iss.telemetry\",\"id\":7}");
    }

    @Benchmark
    public FrameReading readSubscribeWithPosition() {
        return FrameCodec.read("{\"action\":\"subscribe\",\"channel\":\"iss.telemetry\",\"id\":7,"
                + "\"recover\":{\"epoch\":\"k3Jd02Xy\",\"offset\":123456}}");
    }

    @Benchmark
    public byte[] writeSubscribed() {
        return FrameCodec.write(subscribed).getBytes(UTF_8);
    }

    @Benchmark
    public StoredMessage splitStoredMessage() {
        return StoredMessage.ofStored(stored);
    }

    @Benchmark
    public PublicationFrame framePublication() {
        return PublicationFrame.of(head, publication);
    }
}
