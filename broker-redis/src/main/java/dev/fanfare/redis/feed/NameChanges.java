package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.PubSubVerb;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings names in step with what is wanted: collects those that are not, and sends (un)subscribes in
/// batches, a bounded number at a time. Confined to one loop.
final class NameChanges {

    /// What came of a change.
    interface Result {

        /// Redis has acknowledged, or refused `name` alone: its state has changed.
        void onChanged(PubSubName name);

        /// Redis has refused a command that began with `first`.
        void onRefused(PubSubName first, RespValue.Failure why);
    }

    /// Most commands on the way: 16. Enough to keep Redis busy over a slow link, and with the default
    /// batch still a burst of only some 4000 acknowledgements in its output buffer.
    private static final int MAX_ON_THE_WAY = 16;

    private final PubSubNaming naming;
    private final int batchSize;
    private final FeedLoop loop;
    private final Result result;
    private final Map<Integer, ArrayDeque<PubSubName>> queues = new LinkedHashMap<>();
    private @Nullable RedisWire wire;
    /// Counts connections: what belongs to an earlier one is ignored.
    private long generation;

    private int onTheWay;
    private boolean scheduled;

    NameChanges(PubSubNaming naming, int batchSize, FeedLoop loop, Result result) {
        this.naming = naming;
        this.batchSize = batchSize;
        this.loop = loop;
        this.result = result;
    }

    /// From now on changes go over `newWire`, of which Redis knows no names yet.
    void startOn(RedisWire newWire) {
        generation++;
        wire = newWire;
    }

    /// Forgets what was queued and what is on the way.
    void stop() {
        generation++;
        wire = null;
        onTheWay = 0;
        queues.clear();
    }

    /// Brings `name` in step if it is not, together with others of this turn.
    void offer(PubSubName name) {
        if (wire == null || name.queued || !name.isOutOfStep()) {
            return;
        }
        name.queued = true;
        queues.computeIfAbsent(name.group(), _ -> new ArrayDeque<>()).add(name);
        sendLater();
    }

    private void sendLater() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::sendAll);
        }
    }

    private void sendAll() {
        scheduled = false;
        RedisWire to = wire;
        while (to != null && onTheWay < MAX_ON_THE_WAY && !queues.isEmpty()) {
            // Groups take turns, so that one with thousands of names does not hold up the others.
            Map.Entry<Integer, ArrayDeque<PubSubName>> turn =
                    queues.entrySet().iterator().next();
            queues.remove(turn.getKey());
            List<PubSubName> batch = takeBatch(turn.getValue());
            if (!turn.getValue().isEmpty()) {
                queues.put(turn.getKey(), turn.getValue());
            }
            if (!batch.isEmpty()) {
                send(to, batch);
            }
        }
    }

    /// The next names that need the same command.
    private List<PubSubName> takeBatch(ArrayDeque<PubSubName> queue) {
        List<PubSubName> batch = new ArrayList<>(Math.min(batchSize, queue.size()));
        while (!queue.isEmpty() && batch.size() < batchSize) {
            PubSubName next = queue.element();
            if (!next.isOutOfStep()) {
                queue.remove().queued = false;
            } else if (batch.isEmpty() || fits(next, batch.getFirst())) {
                queue.remove().queued = false;
                batch.add(next);
            } else {
                break;
            }
        }
        return batch;
    }

    private static boolean fits(PubSubName name, PubSubName first) {
        return !name.alone && !first.alone && name.onWire == first.onWire;
    }

    private void send(RedisWire to, List<PubSubName> batch) {
        boolean subscribes = batch.getFirst().onWire == PubSubName.OnWire.ABSENT;
        for (PubSubName name : batch) {
            name.onWire = subscribes ? PubSubName.OnWire.SUBSCRIBING : PubSubName.OnWire.UNSUBSCRIBING;
        }
        onTheWay++;
        PubSubVerb verb = subscribes ? naming.subscribe() : naming.unsubscribe();
        to.change(verb, batch.stream().map(PubSubName::text).toList(), new Batch(generation, batch, subscribes));
    }

    private final class Batch implements RedisWire.Acknowledgement {

        private final long sentIn;
        private final List<PubSubName> batch;
        private final boolean subscribes;

        private Batch(long sentIn, List<PubSubName> batch, boolean subscribes) {
            this.sentIn = sentIn;
            this.batch = batch;
            this.subscribes = subscribes;
        }

        @Override
        public void onAcknowledged(int index) {
            if (sentIn != generation) {
                return;
            }
            if (index == batch.size() - 1) {
                finished();
            }
            PubSubName name = batch.get(index);
            name.onWire = subscribes ? PubSubName.OnWire.SUBSCRIBED : PubSubName.OnWire.ABSENT;
            result.onChanged(name);
        }

        @Override
        public void onRefused(RespValue.Failure why) {
            if (sentIn != generation) {
                return;
            }
            finished();
            boolean forbidden =
                    subscribes && why.is("NOPERM") && batch.getFirst().isPlain();
            for (PubSubName name : batch) {
                name.onWire = forbidden && batch.size() == 1 ? PubSubName.OnWire.REFUSED : PubSubName.OnWire.ABSENT;
                name.alone = forbidden;
            }
            if (forbidden) {
                batch.forEach(result::onChanged);
            } else {
                result.onRefused(batch.getFirst(), why);
            }
        }

        private void finished() {
            onTheWay--;
            if (!queues.isEmpty()) {
                sendLater();
            }
        }
    }
}
