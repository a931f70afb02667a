package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.TraceParent;
import dev.fanfare.tracing.MessageSpan;
import dev.fanfare.tracing.MessageSpans;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Records how long this gateway takes to hand a traced message to all subscribers.
///
/// Of a message that is not traced it looks at the last bytes only. A traced one is written without waiting for
/// others of its turn, so that its step ends with its own write.
@Singleton
public final class DeliveryTraces {

    private final MessageSpans spans;

    public DeliveryTraces(MessageSpans spans) {
        this.spans = spans;
    }

    /// The step of delivering `publication`, or null when it is not recorded: the message is not traced, or we trace
    /// nothing.
    @Nullable
    MessageSpan begin(Channel channel, Publication publication) {
        TraceParent origin = publication.message().origin();
        if (origin == null) {
            return null;
        }
        MessageSpan span = spans.deliver(channel, publication, origin);
        return span.isRecorded() ? span : null;
    }

    /// Ends `span` when every one of `loops` has written what it was handed before.
    void endAfter(List<LoopChannel> loops, MessageSpan span) {
        if (loops.isEmpty()) {
            span.end();
            return;
        }
        var unwritten = new AtomicInteger(loops.size());
        for (LoopChannel onLoop : loops) {
            onLoop.afterWrite(() -> {
                if (unwritten.decrementAndGet() == 0) {
                    span.end();
                }
            });
        }
    }
}
