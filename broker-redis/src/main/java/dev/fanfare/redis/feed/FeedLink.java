package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.WireEvents;
import dev.fanfare.redis.resp.WireOpener;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One connection to a primary, kept alive for good: found again, opened again, subscribed again.
///
/// Confined to its loop, but for [#isLive].
final class FeedLink implements WireEvents, Pulse.Observer, Subscriptions.Owner {

    /*
     * One way to be lost
     * ------------------
     * The socket closes, a command stays unanswered, the test message does not come back, the server is
     * demoted, Redis refuses: all end in lose(). It closes the connection before anything else, so that
     * nothing from it can come later, tells the listener through the subscriptions, and plans the next
     * attempt. The session is part of the state: what belongs to an earlier connection cannot be mixed up
     * with the present one.
     *
     * Live means: everything that was wanted when the connection came up is acknowledged by Redis, and
     * the test message has come back.
     */

    /// What the links of one feed share.
    record Setup(
            FeedConfig config,
            PubSubNaming naming,
            WireOpener opener,
            Intake intake,
            FeedMetrics metrics,
            RandomGenerator random) {}

    /// Whoever has the link.
    interface Keeper {

        /// The partition in whose slot the test messages of `link` go.
        int canaryPartition(FeedLink link);

        /// The connection was lost, or could not be opened; the link tries again by itself.
        void onDown(FeedLink link);

        /// The server of `link` does not carry `partition`.
        void onMisplaced(FeedLink link, int partition);
    }

    private static final Duration LONGEST_TICK = Duration.ofMillis(250);

    private final String id;
    private final Setup setup;
    private final FeedLoop loop;
    private final PrimaryLocator locator;
    private final Keeper keeper;
    private final Subscriptions subscriptions;
    private final Backoff backoff;
    private final Duration tickEvery;
    private final LinkLog log;
    private long attempts;
    private volatile LinkState state = new LinkState.Idle();

    /// @param id names the link in logs, and its test messages among those of all gateways
    FeedLink(String id, Setup setup, FeedLoop loop, PrimaryLocator locator, Keeper keeper) {
        this.id = id;
        this.setup = setup;
        this.loop = loop;
        this.locator = locator;
        this.keeper = keeper;
        FeedConfig config = setup.config();
        this.subscriptions = new Subscriptions(setup, loop, this);
        this.backoff = new Backoff(config.backoffMin(), config.backoffMax(), setup.random());
        Duration fraction = config.probeInterval().dividedBy(4);
        this.tickEvery = fraction.compareTo(LONGEST_TICK) < 0 ? fraction : LONGEST_TICK;
        this.log = new LinkLog(id, loop);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    void start() {
        if (state instanceof LinkState.Idle) {
            connect();
        }
    }

    private void connect() {
        long attempt = ++attempts;
        state = new LinkState.Connecting(attempt);
        locator.locate()
                .compose(this::open)
                .onComplete(
                        found -> {
                            if (isConnecting(attempt)) {
                                onConnected(attempt, found);
                            } else {
                                // Closed meanwhile.
                                found.opened().wire().close();
                            }
                        },
                        failure -> {
                            if (isConnecting(attempt)) {
                                onConnectFailed(String.valueOf(failure.getMessage()));
                            }
                        });
    }

    private boolean isConnecting(long attempt) {
        return state instanceof LinkState.Connecting(long current) && current == attempt;
    }

    private record Found(RedisEndpoint endpoint, WireOpener.Opened opened) {}

    private Future<Found> open(RedisEndpoint endpoint) {
        return setup.opener().open(endpoint, this).map(opened -> new Found(endpoint, opened));
    }

    private void onConnected(long attempt, Found found) {
        RedisWire wire = found.opened().wire();
        if (Pulse.isReplica(found.opened().greeting())) {
            wire.close();
            onConnectFailed(found.endpoint() + " is a replica");
            return;
        }
        var pulse = new Pulse(wire, setup, canary(), loop, this);
        var session = new LinkState.Session(attempt, found.endpoint(), wire, pulse, loop.nanoTime());
        state = new LinkState.Restoring(session, false, false);
        pulse.start();
        subscriptions.connected(wire);
        tickLater(attempt);
    }

    private String canary() {
        return setup.naming().canary(keeper.canaryPartition(this), id);
    }

    private void onConnectFailed(String why) {
        setup.metrics().connectFailed();
        log.connectFailed(why);
        retryLater();
        keeper.onDown(this);
    }

    private void retryLater() {
        Duration pause = backoff.next();
        state = new LinkState.Lost(loop.schedule(pause, () -> {
            if (state instanceof LinkState.Lost) {
                connect();
            }
        }));
    }

    private void tickLater(long attempt) {
        var _ = loop.schedule(tickEvery, () -> {
            LinkState.Session session = session();
            if (session != null && session.attempt() == attempt) {
                session.pulse().tick();
                tickLater(attempt);
            }
        });
    }

    private LinkState.@Nullable Session session() {
        return switch (state) {
            case LinkState.Restoring restoring -> restoring.session();
            case LinkState.Live live -> live.session();
            case LinkState.Idle _, LinkState.Connecting _, LinkState.Lost _, LinkState.Closed _ -> null;
        };
    }

    private void lose(LossReason reason, String detail) {
        LinkState.Session session = session();
        if (session == null) {
            return;
        }
        session.wire().close();
        boolean wasLive = state instanceof LinkState.Live;
        retryLater();
        if (wasLive) {
            setup.metrics().lost(reason);
        }
        log.lost(session.endpoint(), reason, detail);
        subscriptions.disconnected();
        keeper.onDown(this);
    }

    /// Gives the present connection up, if there is one, and opens another.
    void reconnect(LossReason reason, String detail) {
        lose(reason, detail);
    }

    /// Gives the present connection up if it goes to another server than `primary`.
    void expect(RedisEndpoint primary) {
        LinkState.Session session = session();
        if (session != null && !session.endpoint().equals(primary)) {
            lose(LossReason.DEMOTED, "the primary is now " + primary);
        }
    }

    /// The connection, for questions about the topology, or null.
    @Nullable
    RedisWire wire() {
        LinkState.Session session = session();
        return session == null ? null : session.wire();
    }

    /// Whether it delivers. Called from any thread.
    boolean isLive() {
        return state instanceof LinkState.Live(LinkState.Session session)
                && session.pulse().isProvenAt(loop.nanoTime());
    }

    /// Closes it for good; the listener hears no more of its channels.
    void close() {
        LinkState.Session session = session();
        if (session != null) {
            session.wire().close();
        }
        if (state instanceof LinkState.Lost(FeedLoop.Timer retry)) {
            retry.cancel();
        }
        state = new LinkState.Closed();
        subscriptions.close();
    }

    @Override
    public void onMessage(String name, byte[] payload) {
        LinkState.Session session = session();
        if (session != null && session.pulse().isCanary(name)) {
            session.pulse().onCanary(payload);
        } else {
            subscriptions.onMessage(name, payload);
        }
    }

    @Override
    public void onOversizeMessage(String name, long bytes) {
        subscriptions.onOversizeMessage(name, bytes);
    }

    @Override
    public void onUnsubscribed(String name) {
        LinkState.Session session = session();
        if (session != null && session.pulse().isCanary(name)) {
            onCanaryMisplaced();
        } else {
            subscriptions.onUnsubscribed(name);
        }
    }

    @Override
    public void onClosed(String why) {
        lose(LossReason.CLOSED, why);
    }

    @Override
    public void onIll(LossReason reason, String detail) {
        lose(reason, detail);
    }

    @Override
    public void onRefused(String why) {
        lose(LossReason.REFUSED, why);
    }

    @Override
    public void onMisplaced(int partition) {
        keeper.onMisplaced(this, partition);
    }

    @Override
    public void onCanaryMisplaced() {
        keeper.onMisplaced(this, keeper.canaryPartition(this));
    }

    @Override
    public void onRestored(int channels) {
        if (state instanceof LinkState.Restoring restoring) {
            Duration took =
                    Duration.ofNanos(loop.nanoTime() - restoring.session().sinceNanos());
            setup.metrics().resubscribed(channels, took);
            log.resubscribed(channels, took);
            enter(restoring.withSubscribed());
        }
    }

    @Override
    public void onEcho() {
        if (state instanceof LinkState.Restoring restoring) {
            enter(restoring.withEcho());
        }
    }

    private void enter(LinkState next) {
        state = next;
        if (next instanceof LinkState.Live(LinkState.Session session)) {
            backoff.reset();
            setup.metrics().live();
            log.live(session.endpoint());
        }
    }

    /// Moves the test message into the slot that the keeper names now.
    void moveCanary() {
        LinkState.Session session = session();
        if (session != null) {
            session.pulse().restart(canary());
        }
    }
}
