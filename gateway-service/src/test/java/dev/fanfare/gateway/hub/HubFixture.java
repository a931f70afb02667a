package dev.fanfare.gateway.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.contract.message.TraceParent;
import dev.fanfare.tracing.MessageSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A hub with one event loop that runs only when the test says so, and connections that record.
public final class HubFixture {

    private static final ChannelRule CONFLATING =
            new ChannelRule(new ChannelPattern("latest.*"), 100, Duration.ofMinutes(10), 0, true);

    /// By the clock of the gateway.
    public Instant now = Instant.EPOCH;

    public final HubMetrics metrics = new HubMetrics(new SimpleMeterRegistry(), () -> now);
    public final InMemorySpanExporter spans = InMemorySpanExporter.create();
    public final DeliveryTraces traces = new DeliveryTraces(new MessageSpans(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build()));
    private final EmbeddedChannel netty = new EmbeddedChannel();
    public final LoopHub loop = new Hub(metrics, new ChannelRules(List.of(CONFLATING))).on(netty.eventLoop());

    /// Runs what waits on the event loop, and what that makes wait.
    public void turn() {
        do {
            netty.runPendingTasks();
        } while (netty.hasPendingTasks());
    }

    /// A publication of `channel` whose data is its offset.
    public static Publication publication(Channel channel, String epoch, long offset) {
        return publication(channel, epoch, offset, null);
    }

    /// A publication of `channel` whose data is its offset, and which is a step of a trace.
    public static Publication publication(Channel channel, String epoch, long offset, @Nullable TraceParent origin) {
        var data = RawJson.ofString("m" + offset);
        var message =
                new Message(channel, epoch + offset, data, null, null, Instant.ofEpochMilli(offset)).withOrigin(origin);
        Tip before = tip(epoch, offset - 1);
        return new Publication(
                new StreamPosition(epoch, offset), epoch + offset, before.mark(), StoredMessage.of(message));
    }

    /// The end of a stream whose newest publication is [#publication].
    public static Tip tip(String epoch, long offset) {
        return offset == 0 ? Tip.startOf(epoch) : new Tip(new StreamPosition(epoch, offset), epoch + offset);
    }

    /// Records the texts of the frames that it is given, and the number of writes.
    public static final class Recorder implements Outbound {

        public final List<String> texts = new ArrayList<>();
        public int writes;

        /// The buffer of the last write.
        public ByteBuf written = Unpooled.EMPTY_BUFFER;

        public boolean hasRoom = true;

        /// What happens while it is written to.
        public Runnable onWrite = () -> {};

        @Override
        public void send(ByteBuf frames, int index, int length) {
            writes++;
            written = frames;
            ByteBuf reading = frames.slice(index, length);
            while (reading.isReadable()) {
                texts.add(text(reading));
            }
            onWrite.run();
        }

        @Override
        public boolean hasRoom() {
            return hasRoom;
        }

        @Override
        public void close(CloseCode code) {
            texts.add("closed " + code.number());
        }

        private static String text(ByteBuf frames) {
            if (frames.readUnsignedByte() != 0x81) {
                throw new IllegalStateException("not a final text frame");
            }
            int length = frames.readUnsignedByte();
            if (length == 126) {
                length = frames.readUnsignedShort();
            } else if (length == 127) {
                length = (int) frames.readLong();
            }
            return frames.readCharSequence(length, UTF_8).toString();
        }

        /// The data of the publications that were received.
        public List<String> messages() {
            return texts.stream()
                    .filter(text -> text.contains("\"message\":"))
                    .map(text -> text.replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"))
                    .toList();
        }
    }
}
