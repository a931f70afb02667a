package dev.fanfare.gateway.hub;

import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.tracing.MessageSpan;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Carries what happens in one channel to the event loops that have subscriptions for it.
///
/// Not thread-safe: its owner calls it under the lock of the channel's timeline, so that every loop
/// is handed the same things in the same order.
public final class Fanout {

    private final byte[] head;
    private final Channel channel;
    private final boolean isEphemeral;
    private final HubMetrics metrics;
    private final DeliveryTraces traces;
    private final List<LoopChannel> loops = new ArrayList<>(2);

    /// @param isEphemeral whether the channel keeps no history, which subscribers are told
    public Fanout(Channel channel, boolean isEphemeral, HubMetrics metrics, DeliveryTraces traces) {
        this.channel = channel;
        this.isEphemeral = isEphemeral;
        this.head = PublicationFrame.head(channel);
        this.metrics = metrics;
        this.traces = traces;
    }

    /// Carries to `onLoop` from now on.
    public void add(LoopChannel onLoop) {
        if (!loops.contains(onLoop)) {
            loops.add(onLoop);
        }
    }

    /// Stops carrying to `onLoop`; returns whether no loop is left.
    public boolean remove(LoopChannel onLoop) {
        loops.remove(onLoop);
        return loops.isEmpty();
    }

    /// Delivers a stored message to every attached subscription.
    public void deliver(Publication publication) {
        MessageSpan span = traces.begin(channel, publication);
        long acceptedAt = publication.message().acceptedAtMillis();
        post(PublicationFrame.of(head, publication), acceptedAt < 0 ? DeliveryTimes.UNKNOWN : acceptedAt);
        if (span != null) {
            traces.endAfter(loops, span);
        }
    }

    /// Delivers a plain Redis message to every attached subscription.
    public void deliverPlain(String text) {
        post(PublicationFrame.ofPlain(head, text), DeliveryTimes.UNKNOWN);
    }

    /// Tells every attached subscription that messages before `position` were lost.
    public void tellDiscontinuity(StreamPosition position, HistorySlice.Reason reason) {
        ByteBuf event = WireFrame.of(new ServerFrame.Discontinuity(channel, position, reason.slug()));
        for (LoopChannel onLoop : loops) {
            onLoop.postEvent(event.retain());
        }
        event.release();
    }

    private void post(PublicationFrame frame, long acceptedAt) {
        metrics.published();
        ByteBuf encoded = WireFrame.of(frame);
        for (LoopChannel onLoop : loops) {
            onLoop.post(frame, encoded.retain(), acceptedAt);
        }
        encoded.release();
    }

    /// Lets a subscription see `backlog` and then everything after `position`, which is where this
    /// channel stands now and where the backlog ends.
    public void attach(Join join, StreamPosition position, boolean isRecovered, List<Publication> backlog) {
        join.channel().hub().execute(() -> attachNow(join, position, isRecovered, backlog));
    }

    private void attachNow(Join join, StreamPosition position, boolean isRecovered, List<Publication> backlog) {
        Subscription subscription = join.subscription();
        if (subscription.isEnded()) {
            return;
        }
        boolean isNew = join.channel().attach(subscription);
        if (join.id() != null) {
            boolean gotBacklog = isNew && isRecovered;
            var answer = new ServerFrame.Subscribed(channel, join.id(), position, gotBacklog, isEphemeral);
            send(subscription, WireFrame.of(answer));
        }
        if (isNew && !backlog.isEmpty()) {
            List<PublicationFrame> frames = backlog.stream()
                    .map(message -> PublicationFrame.of(head, message))
                    .toList();
            send(subscription, WireFrame.of(frames));
        }
    }

    private static void send(Subscription subscription, ByteBuf frames) {
        subscription.outbound().send(frames);
        frames.release();
    }
}
