package dev.fanfare.benchmarks.ladder;

import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.hub.HubInProcess;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.OneReceiver;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Rate;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.FeedOnRedis;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;

/// Measures single steps.
final class Steps {

    private static final Channel CHANNEL = new Channel("ladder");
    private static final StreamPosition BEFORE_THE_FIRST = new StreamPosition("00000000", 0);

    private final LadderOptions options;
    private final PublisherOnRedis redis;
    private final RunningPeer gateway;

    Steps(LadderOptions options, PublisherOnRedis redis, RunningPeer gateway) {
        this.options = options;
        this.redis = redis;
        this.gateway = gateway;
    }

    /// Measures `step` with an empty Redis.
    ///
    /// @throws IllegalStateException if a message was lost
    Climb climb(Step step) {
        redis.redis().execute("FLUSHALL", "SYNC");
        return switch (step) {
            case PLAIN -> bare(new PublisherKind.Plain(port()), CHANNEL.name());
            case STORED -> bare(new PublisherKind.Script(redis), redis.keys().announcement(CHANNEL));
            case FEED -> feed();
            case HUB -> hub();
            case SOCKET -> socket();
        };
    }

    private int port() {
        return redis.redis().uri().getPort();
    }

    private Climb bare(PublisherKind kind, String pubSubName) {
        try (var receiver = receiver(kind)) {
            receiver.receiveFrom(port(), pubSubName);
            return measure(receiver);
        }
    }

    private Climb feed() {
        try (var receiver = receiver(new PublisherKind.Script(redis));
                var _ = new FeedOnRedis(redis, CHANNEL, new Counting(receiver))) {
            return measure(receiver);
        }
    }

    private Climb hub() {
        try (var receiver = receiver(new PublisherKind.Script(redis));
                var hub = new HubInProcess(
                        CHANNEL, 1, BEFORE_THE_FIRST, frames -> receiver.received(OneReceiver.messagesIn(frames)));
                var _ = new FeedOnRedis(redis, CHANNEL, new Handing(hub))) {
            return measure(receiver);
        }
    }

    private OneReceiver receiver(PublisherKind kind) {
        return new OneReceiver(kind, CHANNEL.name(), options.bytes());
    }

    private Climb measure(OneReceiver receiver) {
        Outcome outcome = receiver.run(options.window(), time(), redis::cpu, ProcessTree::ownCpu);
        return climb(outcome, outcome.serverCpu(), Duration.ZERO);
    }

    private Climb socket() {
        try (Load load = Load.open(new Shape(1, 1, options.bytes()), gateway.target())) {
            Duration redisBefore = redis.cpu();
            var window = new Rate.Window(options.window());
            Outcome outcome = load.run(window, time(), () -> gateway.usage().cpu(), ProcessTree::ownCpu);
            return climb(outcome, redis.cpu().minus(redisBefore), outcome.serverCpu());
        }
    }

    private Duration time() {
        return Duration.ofSeconds(options.seconds());
    }

    private static Climb climb(Outcome outcome, Duration redisCpu, Duration gatewayCpu) {
        if (outcome.lost() + outcome.repeated() != 0) {
            throw new IllegalStateException(
                    outcome.lost() + " messages were lost, " + outcome.repeated() + " repeated");
        }
        return new Climb(outcome.delivered(), outcome.elapsed(), redisCpu, outcome.loadCpu(), gatewayCpu);
    }

    /// Says of every message that it has come.
    private record Counting(OneReceiver receiver) implements Receiving {

        @Override
        public void onPublication(Channel channel, Publication publication) {
            receiver.received(1);
        }
    }

    /// Hands every message over to the hub. The one channel has its messages from one connection, so from one
    /// thread.
    private record Handing(HubInProcess hub) implements Receiving {

        @Override
        public void onPublication(Channel channel, Publication publication) {
            hub.deliver(publication);
        }
    }

    /// Expects nothing but messages.
    private interface Receiving extends FeedListener {

        @Override
        default void onPlainMessage(Channel channel, String text) {}

        @Override
        default void onLost(Channel channel) {}

        @Override
        default void onRegained(Channel channel) {}
    }
}
