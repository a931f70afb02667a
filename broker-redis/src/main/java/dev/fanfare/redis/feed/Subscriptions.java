package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// The channels that one connection carries: what is wanted, what Redis knows, and the steps between.
///
/// Outlives the connection: without one it keeps the wishes. Confined to one loop.
final class Subscriptions implements NameChanges.Result {

    /*
     * Last wish wins
     * --------------
     * A wish only marks the names of the channel; at the end of the loop's turn those that are out of
     * step go to Redis in batches (NameChanges). A name has at most one command on the way. When that is
     * acknowledged the name is compared with the wish of that moment and, if they differ, queued again.
     * So however fast interest flaps, the last acknowledged command of a name is that of the last wish,
     * and nothing is left behind in Redis.
     *
     *              want                     acknowledged
     *   ABSENT ──────────────▶ SUBSCRIBING ──────────────▶ SUBSCRIBED
     *     ▲                                                    │ drop
     *     └───────────────────── UNSUBSCRIBING ◀───────────────┘
     *
     * What the listener hears
     * -----------------------
     * A channel is acknowledged when all its names are. Only an acknowledged channel can be lost, and
     * only a lost one regained, so each is told once per loss whatever happens in between.
     */

    /// Whoever keeps the connection.
    interface Owner {

        /// Everything that was wanted when the connection came up is acknowledged.
        void onRestored(int channels);

        /// Redis does not carry the names of `partition` on this connection.
        void onMisplaced(int partition);

        /// Redis has refused to subscribe, and not for the sake of one channel.
        void onRefused(String why);

        /// For subscriptions that never get a connection.
        Owner NOBODY = new Owner() {
            @Override
            public void onRestored(int channels) {}

            @Override
            public void onMisplaced(int partition) {}

            @Override
            public void onRefused(String why) {}
        };
    }

    private final PubSubNaming naming;
    private final Intake intake;
    private final FeedMetrics metrics;
    private final NameChanges changes;
    private final Owner owner;
    private final Map<Channel, Interest> interests = new HashMap<>();
    private final Map<String, PubSubName> names = new HashMap<>();
    private int restoring;
    private int restored;
    private boolean closed;

    Subscriptions(FeedLink.Setup setup, FeedLoop loop, Owner owner) {
        this.naming = setup.naming();
        this.intake = setup.intake();
        this.metrics = setup.metrics();
        this.owner = owner;
        this.changes = new NameChanges(naming, setup.config().batchSize(), loop, this);
    }

    void subscribe(Channel channel, CompletableFuture<Void> future) {
        if (closed) {
            future.completeExceptionally(new CancellationException("the feed is closed"));
            return;
        }
        Interest interest = interests.computeIfAbsent(channel, this::newInterest);
        if (interest.want()) {
            metrics.interestChanged(1);
            interest.names().forEach(changes::offer);
        }
        interest.await(future);
        acknowledgeIfSettled(interest);
    }

    private Interest newInterest(Channel channel) {
        var interest = new Interest(channel, Partition.of(channel).number());
        carry(interest);
        return interest;
    }

    private void carry(Interest interest) {
        List<PubSubName> fresh = naming.namesOf(interest);
        interest.carryUnder(fresh);
        fresh.forEach(name -> names.put(name.text(), name));
    }

    void unsubscribe(Channel channel) {
        Interest interest = interests.get(channel);
        if (interest != null && interest.drop()) {
            metrics.interestChanged(-1);
            noteRestored(interest);
            interest.names().forEach(changes::offer);
            forgetIfGone(interest);
        }
    }

    /// A connection on which nothing is subscribed yet: subscribes everything.
    void connected(RedisWire wire) {
        changes.startOn(wire);
        restored = interests.size();
        restoring = restored;
        for (Interest interest : interests.values()) {
            interest.restoring = true;
            interest.names().forEach(changes::offer);
        }
        if (restoring == 0) {
            owner.onRestored(0);
        }
    }

    /// The connection is gone: tells the listener, once for each channel.
    void disconnected() {
        changes.stop();
        restoring = 0;
        for (Interest interest : List.copyOf(interests.values())) {
            interest.restoring = false;
            interest.names().forEach(PubSubName::reset);
            if (!forgetIfGone(interest) && interest.lose()) {
                intake.onLost(interest.channel());
            }
        }
    }

    /// Drops everything; whoever waits is told.
    void close() {
        closed = true;
        changes.stop();
        for (Interest interest : interests.values()) {
            if (interest.drop()) {
                metrics.interestChanged(-1);
            }
        }
        interests.clear();
        names.clear();
    }

    /// Gives up the channels of `partitions`, which this connection cannot carry any more: the listener
    /// is told that they are lost, and whoever takes them over tells when they are regained.
    List<Interest> release(BitSet partitions) {
        List<Interest> released = new ArrayList<>();
        for (Interest interest : List.copyOf(interests.values())) {
            if (partitions.get(interest.partition())) {
                forget(interest);
                noteRestored(interest);
                if (interest.isWanted()) {
                    released.add(interest);
                }
                if (interest.lose()) {
                    intake.onLost(interest.channel());
                }
            }
        }
        return released;
    }

    /// Takes over what another gave up.
    void adopt(List<Interest> released) {
        for (Interest interest : released) {
            interests.put(interest.channel(), interest);
            carry(interest);
            interest.names().forEach(changes::offer);
        }
    }

    void onMessage(String name, byte[] payload) {
        PubSubName known = names.get(name);
        if (known == null || !known.interest().isWanted()) {
            return;
        }
        if (known.isPlain()) {
            intake.onPlain(known.interest().channel(), payload);
        } else {
            intake.onAnnouncement(known.interest().channel(), payload);
        }
    }

    void onOversizeMessage(String name, long bytes) {
        PubSubName known = names.get(name);
        if (known != null) {
            intake.onMalformed(known.interest().channel(), bytes);
        }
    }

    /// Redis has ended a subscription by itself. While a command for the name is on the way, its answer
    /// decides.
    void onUnsubscribed(String name) {
        PubSubName known = names.get(name);
        if (known != null && known.onWire == PubSubName.OnWire.SUBSCRIBED) {
            known.onWire = PubSubName.OnWire.ABSENT;
            owner.onMisplaced(known.interest().partition());
        }
    }

    @Override
    public void onChanged(PubSubName name) {
        if (name.retired) {
            return;
        }
        changes.offer(name);
        acknowledgeIfSettled(name.interest());
        forgetIfGone(name.interest());
    }

    @Override
    public void onRefused(PubSubName first, RespValue.Failure why) {
        if (first.retired) {
            return;
        }
        if (why.is("MOVED") || why.is("ASK") || why.is("TRYAGAIN")) {
            owner.onMisplaced(first.interest().partition());
        } else {
            owner.onRefused(why.text());
        }
    }

    private void acknowledgeIfSettled(Interest interest) {
        if (!interest.isWanted() || interest.isAcknowledged() || !allSettled(interest)) {
            return;
        }
        if (interest.acknowledge()) {
            intake.onRegained(interest.channel());
        }
        interest.completeWaiting();
        noteRestored(interest);
    }

    private static boolean allSettled(Interest interest) {
        for (PubSubName name : interest.names()) {
            if (!name.isSettled()) {
                return false;
            }
        }
        return true;
    }

    private void noteRestored(Interest interest) {
        if (interest.restoring) {
            interest.restoring = false;
            restoring--;
            if (restoring == 0) {
                owner.onRestored(restored);
            }
        }
    }

    private boolean forgetIfGone(Interest interest) {
        boolean gone = !interest.isWanted() && interest.names().stream().allMatch(PubSubName::isAbsent);
        if (gone) {
            forget(interest);
        }
        return gone;
    }

    private void forget(Interest interest) {
        interests.remove(interest.channel());
        for (PubSubName name : interest.names()) {
            name.retired = true;
            names.remove(name.text());
        }
    }

    /// Channels that are wanted or not yet given back to Redis.
    int size() {
        return interests.size();
    }
}
