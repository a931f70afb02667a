package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// A fixed number of connections to the one primary, each on an event loop of its own; a channel's
/// partition chooses its connection for good.
final class FixedRoutes implements Routes {

    private record Lane(FeedLoop loop, FeedLink link, PrimaryLocator locator) {}

    private final List<Lane> lanes;
    private final FeedMetrics metrics;
    private final Duration checkEvery;
    private volatile boolean closed;

    /// @param id unique to the process
    FixedRoutes(
            String id, FeedLink.Setup setup, Supplier<FeedLoop> loops, Function<FeedLoop, PrimaryLocator> locators) {
        metrics = setup.metrics();
        checkEvery = setup.config().topologyInterval();
        List<Lane> made = new ArrayList<>();
        for (int i = 0; i < setup.config().connections(); i++) {
            FeedLoop loop = loops.get();
            PrimaryLocator locator = locators.apply(loop);
            made.add(new Lane(loop, new FeedLink(id + "-" + i, setup, loop, locator, new OneServer(i)), locator));
        }
        lanes = List.copyOf(made);
    }

    /// Without slots there is nothing to keep but the link, which keeps itself.
    private record OneServer(int partition) implements FeedLink.Keeper {

        @Override
        public int canaryPartition(FeedLink link) {
            return partition;
        }

        @Override
        public void onDown(FeedLink link) {}

        @Override
        public void onMisplaced(FeedLink link, int misplaced) {
            link.reconnect(LossReason.REFUSED, "the server knows slots: it belongs to a cluster");
        }
    }

    private Lane laneOf(Channel channel) {
        return lanes.get(Partition.of(channel).number() % lanes.size());
    }

    @Override
    public void start() {
        metrics.expected(lanes.size());
        lanes.forEach(lane -> lane.loop().execute(() -> start(lane)));
    }

    private void start(Lane lane) {
        lane.link().start();
        if (lane.locator().canMove()) {
            checkLater(lane);
        }
    }

    /// A primary that was cut off from its Sentinels still takes itself for one: only they know better.
    private void checkLater(Lane lane) {
        var _ = lane.loop().schedule(checkEvery, () -> {
            if (!closed) {
                lane.locator().locate().onSuccess(lane.link()::expect).onComplete(_ -> checkLater(lane));
            }
        });
    }

    @Override
    public void subscribe(Channel channel, CompletableFuture<Void> future) {
        Lane lane = laneOf(channel);
        lane.loop().execute(() -> lane.link().subscriptions().subscribe(channel, future));
    }

    @Override
    public void unsubscribe(Channel channel) {
        Lane lane = laneOf(channel);
        lane.loop().execute(() -> lane.link().subscriptions().unsubscribe(channel));
    }

    @Override
    public boolean isLive() {
        return lanes.stream().allMatch(lane -> lane.link().isLive());
    }

    @Override
    public CompletableFuture<Void> close() {
        closed = true;
        metrics.expected(0);
        return CompletableFuture.allOf(lanes.stream()
                .map(lane -> CompletableFuture.runAsync(lane.link()::close, lane.loop()::execute))
                .toArray(CompletableFuture<?>[]::new));
    }
}
