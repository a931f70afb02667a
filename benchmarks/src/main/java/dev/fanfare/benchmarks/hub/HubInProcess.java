package dev.fanfare.benchmarks.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.gateway.hub.DeliveryTraces;
import dev.fanfare.gateway.hub.Fanout;
import dev.fanfare.gateway.hub.Hub;
import dev.fanfare.gateway.hub.HubMetrics;
import dev.fanfare.gateway.hub.Join;
import dev.fanfare.gateway.hub.LoopHub;
import dev.fanfare.gateway.hub.Outbound;
import dev.fanfare.gateway.hub.Subscription;
import dev.fanfare.tracing.MessageSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One channel of the gateway's hub on one event loop, put together as the gateway does it, with subscribers
/// that write to no socket.
public final class HubInProcess implements AutoCloseable {

    private static final int HISTORY = 100;
    private static final Duration HISTORY_TTL = Duration.ofMinutes(10);

    private final EventLoop loop = new DefaultEventLoop();
    private final LoopHub hub;
    private final Fanout fanout;

    /// @param start where the channel stands before the first message
    /// @param onFrames is given each batch that a subscriber gets, on the event loop; must not keep it
    public HubInProcess(Channel channel, int subscribers, StreamPosition start, Consumer<ByteBuf> onFrames) {
        var rule = new ChannelRule(new ChannelPattern("*"), HISTORY, HISTORY_TTL);
        var metrics = new HubMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        hub = new Hub(metrics, new ChannelRules(List.of(rule))).on(loop);
        fanout = new Fanout(channel, false, metrics, new DeliveryTraces(new MessageSpans(OpenTelemetry.noop())));
        var outbound = new Counting(onFrames);
        for (int i = 0; i < subscribers; i++) {
            Subscription subscription = loop.submit(() -> hub.subscribe(channel, outbound))
                    .syncUninterruptibly()
                    .getNow();
            fanout.add(subscription.channel());
            fanout.attach(new Join(subscription, new StartPoint.Now(), null), start, false, List.of());
        }
        settle();
    }

    /// Hands one message over to all subscribers. One thread at a time.
    public void deliver(Publication publication) {
        fanout.deliver(publication);
    }

    /// Returns when everything that was handed over before has been given to the subscribers.
    public void settle() {
        // The first is behind the messages, which make the hub wait.
        loop.submit(() -> {}).syncUninterruptibly();
        while (!loop.submit(hub::isUpToDate).syncUninterruptibly().getNow()) {
            Thread.onSpinWait();
        }
    }

    private record Counting(Consumer<ByteBuf> onFrames) implements Outbound {

        @Override
        public void send(ByteBuf frames, int index, int length) {
            onFrames.accept(frames.slice(index, length));
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void close(CloseCode code) {
            throw new IllegalStateException("the hub closes a subscriber with " + code);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
