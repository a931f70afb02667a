package dev.fanfare.redis.connection;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends commands to Redis: those of one slot in the order of the calls, many on the way at a time.
///
/// Every command is answered within the timeout, if only by a [FanfareException] with code
/// `BROKER_UNAVAILABLE`. Until then it is sent again whenever a connection is lost, a script is unknown
/// or a slot has moved; so only commands may be sent that do no harm when Redis runs them twice.
public final class RedisCommands implements AutoCloseable {

    /*
     * Order
     * -----
     *   send ─► intake ─► SlotQueue of the slot ─► Lane of the node ─► Redis
     *                        ▲                        │
     *                        └──── set back ──────────┘
     *
     * Everything behind the intake runs on one event loop, where the connections live too, so nothing
     * is locked and nothing changes threads on its way. Commands of one slot are on one lane at a time.
     * After a setback the slot waits until all its commands on the way have come back, and sends them
     * again in their old order before anything newer. Slots do not wait for each other.
     *
     * What cannot be kept: when Redis refuses a command and, a moment later, accepts the next one that
     * was on its way already (a slot finished moving between the two), these two change places.
     *
     * Why not the pool of the client
     * ------------------------------
     * `Redis.send` takes a pooled connection per command: no order, at most as many commands at a time
     * as connections, and no deadline. `RedisClusterConnection` keeps dead connections and cannot be
     * opened at all while one node is down.
     */

    private static final Logger LOG = Logger.getLogger(RedisCommands.class);

    private static final Duration EXPIRE_EVERY = Duration.ofMillis(25);
    /// So many attempts to open a connection fit into the timeout of a command. More would give up on
    /// a slow machine what was nearly there; fewer would not reach past a frozen Sentinel.
    private static final int ATTEMPTS_WITHIN_TIMEOUT = 2;

    private static final Duration RETRY_FIRST = Duration.ofMillis(10);
    private static final Duration RETRY_MAX = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Context loop;
    private final Topology topology;
    private final List<Request> preamble;
    private final CommandLimits limits;
    private final RandomGenerator random;
    private final LaneOwner laneOwner = new LaneOwner();

    private final Queue<PendingCommand> intake = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean intakeScheduled = new AtomicBoolean();
    private final AtomicInteger pending = new AtomicInteger();

    private final Map<QueueKey, SlotQueue> queues = new HashMap<>();
    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private @Nullable SlotTable table;
    private int tableVersion;
    private boolean tableLoading;
    private volatile boolean closed;

    /// Commands that wait for replicas have queues and lanes of their own, because `WAIT` stops its
    /// connection.
    private record QueueKey(int slot, boolean waitsForReplicas) {}

    private record LaneKey(String node, boolean waitsForReplicas) {}

    /// @param preamble what every new connection must have done first: loading the scripts
    public RedisCommands(RedisClients clients, List<Request> preamble, CommandLimits limits, RandomGenerator random) {
        this.vertx = clients.vertx();
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.topology = clients.topology(limits.timeout().dividedBy(ATTEMPTS_WITHIN_TIMEOUT));
        this.preamble = List.copyOf(preamble);
        this.limits = limits;
        this.random = random;
        loop.runOnContext(_ -> {
            vertx.setPeriodic(EXPIRE_EVERY.toMillis(), this::expire);
            if (topology.canMoveUnnoticed()) {
                vertx.setPeriodic(limits.recheckEvery().toMillis(), this::recheck);
            }
        });
    }

    /// Sends `command`. Safe for use from every thread; commands of one thread and slot keep their
    /// order.
    ///
    /// @return the reply, completed on the event loop: do not block in what depends on it
    public CompletableFuture<@Nullable Response> send(RedisCommand command) {
        var entry =
                new PendingCommand(command, System.nanoTime() + limits.timeout().toNanos());
        if (closed) {
            entry.fail("the connection to Redis was closed", null);
        } else if (pending.incrementAndGet() > limits.maxPending()) {
            pending.decrementAndGet();
            entry.fail(limits.maxPending() + " commands wait for Redis already", null);
        } else {
            entry.onEnd(pending::decrementAndGet);
            intake.add(entry);
            if (intakeScheduled.compareAndSet(false, true)) {
                loop.runOnContext(_ -> takeIn());
            }
        }
        return entry.answer;
    }

    private void takeIn() {
        // Before the queue is read: what is added after the last poll then schedules another run.
        intakeScheduled.set(false);
        for (PendingCommand entry = intake.poll(); entry != null; entry = intake.poll()) {
            SlotQueue queue = queueOf(entry);
            queue.add(entry);
            offer(queue);
        }
        pumpLanes();
    }

    private SlotQueue queueOf(PendingCommand entry) {
        var key = new QueueKey(entry.command.slot(), entry.command.replicas() > 0);
        return queues.computeIfAbsent(key, _ -> new SlotQueue());
    }

    private void advance(SlotQueue queue) {
        if (offer(queue)) {
            pumpLanes();
        }
    }

    private void pumpLanes() {
        // A copy: one that cannot send gives back what it has, and another may be opened for it.
        List.copyOf(lanes.values()).forEach(Lane::pump);
    }

    /// Hands over to their lanes what may leave, and tells whether that was anything.
    private boolean offer(SlotQueue queue) {
        boolean isOffered = false;
        PendingCommand next = queue.next(System.nanoTime());
        while (next != null) {
            SlotTable current = table;
            if (current == null || tableVersion < queue.tableVersion()) {
                loadTable();
                return isOffered;
            }
            String node = next.askedNode != null
                    ? next.askedNode
                    : current.nodeOf(next.command.slot()).orElse(null);
            if (node == null) {
                loadTable();
                return isOffered;
            }
            if (!queue.leave(node)) {
                return isOffered;
            }
            laneTo(node, next).offer(next);
            isOffered = true;
            next = queue.next(System.nanoTime());
        }
        return isOffered;
    }

    private Lane laneTo(String node, PendingCommand entry) {
        return lanes.computeIfAbsent(
                new LaneKey(node, entry.command.replicas() > 0),
                key -> new Lane(
                        key.node(), vertx, () -> topology.connect(key.node()), preamble, limits.timeout(), laneOwner));
    }

    private void loadTable() {
        if (tableLoading) {
            return;
        }
        tableLoading = true;
        topology.load()
                .onSuccess(loaded -> {
                    table = loaded;
                    tableVersion++;
                    tableLoading = false;
                    advanceAll();
                })
                .onFailure(failure -> {
                    LOG.debugf("no slot table error=%s", failure);
                    // Lets the next tick try again.
                    vertx.setTimer(RETRY_FIRST.toMillis(), _ -> tableLoading = false);
                });
    }

    private void advanceAll() {
        List.copyOf(queues.values()).forEach(this::offer);
        pumpLanes();
    }

    private void expire(long timer) {
        if (closed) {
            vertx.cancelTimer(timer);
            return;
        }
        long now = System.nanoTime();
        lanes.values().forEach(lane -> lane.expire(now));
        queues.values().forEach(queue -> queue.expire(now));
        advanceAll();
        queues.values().removeIf(SlotQueue::isEmpty);
    }

    /// A primary that was replaced behind its back takes writes until it is told, and loses them then.
    private void recheck(long timer) {
        if (closed) {
            vertx.cancelTimer(timer);
        } else if (table != null) {
            loadTable();
        }
    }

    private final class LaneOwner implements Lane.Owner {

        @Override
        public void answered(PendingCommand entry, @Nullable Response response) {
            SlotQueue queue = queueOf(entry);
            queue.arrived();
            entry.answer.complete(response);
            advance(queue);
        }

        @Override
        public void setBack(PendingCommand entry, Setback setback) {
            SlotQueue queue = queueOf(entry);
            entry.askedNode = null;
            switch (setback) {
                case Setback.Fatal(Throwable cause) -> {
                    queue.arrived();
                    entry.fail(String.valueOf(cause.getMessage()), cause);
                }
                case Setback.ScriptMissing _, Setback.Unclear _ -> queue.cameBack(entry, 0, 0);
                case Setback.Moved _ -> queue.cameBack(entry, 0, tableVersion + 1);
                case Setback.Asked(String node) -> {
                    entry.askedNode = node;
                    queue.cameBack(entry, 0, 0);
                }
                case Setback.Busy(Throwable cause) -> queue.cameBack(entry, later(entry, cause), 0);
                case Setback.Lost(Throwable cause) -> queue.cameBack(entry, later(entry, cause), tableVersion + 1);
            }
            advance(queue);
        }
    }

    private long later(PendingCommand entry, Throwable cause) {
        entry.lastFailure = cause;
        long millis = Math.min(RETRY_MAX.toMillis(), RETRY_FIRST.toMillis() << Math.min(entry.failures++, 10));
        long jittered = millis / 2 + random.nextLong(millis / 2 + 1);
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(jittered);
    }

    /// Fails what waits and closes the connections.
    @Override
    public void close() {
        closed = true;
        loop.runOnContext(_ -> {
            lanes.values().forEach(Lane::close);
            queues.values().forEach(queue -> queue.failAll("the connection to Redis was closed"));
            topology.close();
        });
    }
}
