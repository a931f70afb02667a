package dev.fanfare.gateway.connection;

import dev.fanfare.access.token.Token;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.gateway.hub.LoopHub;
import dev.fanfare.gateway.registry.Registrar;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The open connections of one event loop, and what is done for them once in a while. Confined to the
/// loop, but for [#start] and [#load].
final class LoopConnections {

    /*
     * One timer for all
     * -----------------
     *   tick, every 50 ms      how late is it?  ──► LoopLoad, and thin out when it is very late
     *                          conflating channels: the newest message to whoever has room again
     *                          deadlines that have passed: no first request, no end of the close, a token that
     *                          ends
     *                          one slot of the wheel: whoever was silent for a turn goes, all others
     *                          are pinged
     *   every 5th tick         those that came or changed are told to the registrar, as far as it has room
     *   every 20th tick        how much waits for all clients? Over the share of this loop, those for
     *                          whom most waits go
     *
     * A timer per connection would be an object and a place in a heap for each; 15,000 idle connections
     * are 30 pings per tick this way. Deadlines of one kind all have the same length, so they are kept in the
     * order of arrival, only the first is looked at, and whoever goes takes its own along; but for those of
     * tokens, which are a heap.
     */

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TICKS_PER_SECOND = 20;
    private static final int TICKS_PER_TELLING = 5;
    /// Most connections of one loop that are told of at a time: a fraction of a millisecond.
    private static final int MAX_TOLD = 500;
    /// A thinned loop gives the newest message this seldom: every 250 ms.
    private static final int TICKS_PER_THINNED_CATCH_UP = 5;

    /// A look at a connection whose client came by `token`; in vain when it has another one by then.
    private record TokenWatch(Connection connection, Token token, long dueNanos) {}

    private final EventLoop loop;
    private final LoopHub hub;
    private final Admittance admittance;
    private final Registrar registrar;
    private final ConnectionConfig config;
    private final long maxQueuedBytes;
    private final Duration watchedFor;
    private final LoopLoad load = new LoopLoad();
    private final List<List<Connection>> wheel;
    /// Those that have to ask for something.
    private final Deadlines<Connection> firstRequests;
    /// Those with whom the closing handshake has to end.
    private final Deadlines<ConnectionWriter> closings;
    private final Queue<TokenWatch> tokens = new PriorityQueue<>(Comparator.comparingLong(TokenWatch::dueNanos));
    private final Deque<Connection> toBeTold = new ArrayDeque<>();
    private int nextSlot;
    private long ticks;

    /// @param maxQueuedBytes that may wait for all clients of this loop together
    LoopConnections(
            EventLoop loop,
            LoopHub hub,
            Admittance admittance,
            Registrar registrar,
            ConnectionConfig config,
            long maxQueuedBytes) {
        this.registrar = registrar;
        this.loop = loop;
        this.hub = hub;
        this.admittance = admittance;
        this.config = config;
        this.maxQueuedBytes = maxQueuedBytes;
        this.firstRequests = new Deadlines<>(config.firstRequestTimeout());
        this.closings = new Deadlines<>(config.closeTimeout());
        this.watchedFor = admittance.warning().plus(config.pingInterval().multipliedBy(2));
        int slots = Math.toIntExact(Math.max(1, config.pingInterval().toNanos() / TICK_NANOS));
        this.wheel = IntStream.range(0, slots)
                .<List<Connection>>mapToObj(_ -> new ArrayList<>(0))
                .toList();
    }

    /// Starts to tick. Any thread.
    void start() {
        loop.execute(() -> tickAgain(System.nanoTime()));
    }

    /// Any thread.
    LoopLoad load() {
        return load;
    }

    /// Whoever is among them is cut if its socket is not closed in time.
    Deadlines<ConnectionWriter> closings() {
        return closings;
    }

    void add(Connection connection) {
        nextSlot = (nextSlot + 1) % wheel.size();
        connection.placedAt(nextSlot);
        wheel.get(nextSlot).add(connection);
        firstRequests.add(connection, System.nanoTime());
        watch(connection);
        changed(connection);
        load.opened();
    }

    /// It has come, or has another subject or other subscriptions than before.
    void changed(Connection connection) {
        if (registrar.isEnabled() && connection.beToldSoon()) {
            toBeTold.add(connection);
        }
    }

    /// All of them are to be told anew. Any thread.
    void changedAllSoon() {
        loop.execute(() -> wheel.forEach(slot -> slot.forEach(this::changed)));
    }

    /// A revocation has taken effect. Any thread.
    void revokedSoon(Revocation revocation) {
        // A copy, because whoever is closed may leave its slot at once.
        loop.execute(() -> wheel.stream()
                .flatMap(List::stream)
                .toList()
                .forEach(connection -> connection.revoked(revocation, admittance::means)));
    }

    private void tell() {
        for (int told = 0; told < MAX_TOLD && !toBeTold.isEmpty() && registrar.hasRoom(); told++) {
            Connection connection = toBeTold.remove();
            if (connection.isPlaced()) {
                connection.tellOf(registrar);
            }
        }
    }

    /// Looks whether the client's token ends before this is called the next time, and if so keeps an eye on it: the
    /// client is told before it ends, and goes when it does. Called in each turn, so that nothing is kept of
    /// clients whose tokens last for long.
    ///
    /// Who was revoked goes at once: a revocation that took effect after the token was checked and before the
    /// connection was here, or had the token, has been told to the others already.
    void watch(Connection connection) {
        Token token = connection.token();
        if (token != null && admittance.isRevoked(token)) {
            connection.close(CloseCode.TOKEN_REVOKED);
            return;
        }
        if (token != null
                && !token.equals(connection.watched())
                && restOf(token).compareTo(watchedFor) <= 0) {
            connection.watched(token);
            look(connection, token);
        }
    }

    private Duration restOf(Token token) {
        return admittance.until(token.expiresAt());
    }

    private void look(Connection connection, Token token) {
        if (!token.equals(connection.token())) {
            return;
        }
        Duration rest = restOf(token);
        if (rest.isNegative() || rest.isZero()) {
            connection.close(CloseCode.TOKEN_EXPIRED);
            return;
        }
        Duration untilWarning = rest.minus(admittance.warning());
        boolean isWarningDue = untilWarning.isNegative() || untilWarning.isZero();
        if (isWarningDue) {
            connection.warn();
        }
        Duration next = isWarningDue ? rest : untilWarning;
        tokens.add(new TokenWatch(connection, token, System.nanoTime() + next.toNanos()));
    }

    /// Its WebSocket has ended.
    void remove(Connection connection) {
        if (wheel.get(connection.slot()).remove(connection)) {
            connection.displaced();
            firstRequests.remove(connection);
            connection.tellGone(registrar);
            load.closed();
        }
    }

    private void tickAgain(long now) {
        load.isDueAt(now + TICK_NANOS);
        var _ = loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        load.cameAt(now);
        load.deliversFor(hub.waitingNanos(now));
        ticks++;
        try {
            catchUp();
            endOverdue(now);
            turn();
            if (ticks % TICKS_PER_TELLING == 0) {
                tell();
            }
            if (ticks % TICKS_PER_SECOND == 0) {
                load.endSecond();
                weigh();
            }
        } finally {
            tickAgain(System.nanoTime());
        }
    }

    private void catchUp() {
        boolean isThinned =
                load.lagNanos(System.nanoTime()) > config.thinAboveLag().toNanos();
        hub.thin(isThinned);
        if (!isThinned || ticks % TICKS_PER_THINNED_CATCH_UP == 0) {
            hub.catchUp();
        }
    }

    private void endOverdue(long now) {
        firstRequests.forEachOverdue(now, LoopConnections::closeIfOverdue);
        closings.forEachOverdue(now, ConnectionWriter::cut);
        while (!tokens.isEmpty() && tokens.peek().dueNanos() - now <= 0) {
            TokenWatch due = tokens.remove();
            look(due.connection(), due.token());
        }
    }

    private static void closeIfOverdue(Connection connection) {
        CloseCode overdue = connection.overdue();
        if (overdue != null) {
            connection.close(overdue);
        }
    }

    private void turn() {
        // A copy, because whoever is closed may leave the slot at once.
        List<Connection> slot = wheel.get(Math.floorMod(ticks, wheel.size()));
        if (!slot.isEmpty()) {
            List.copyOf(slot).forEach(connection -> {
                connection.turn();
                watch(connection);
            });
        }
    }

    private void weigh() {
        long queued = wheel.stream()
                .flatMap(List::stream)
                .mapToLong(Connection::queuedBytes)
                .sum();
        load.queued(queued);
        if (queued > maxQueuedBytes) {
            closeHeaviest(queued);
        }
    }

    private void closeHeaviest(long queued) {
        long rest = queued;
        List<Connection> heaviest = wheel.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Connection::queuedBytes).reversed())
                .toList();
        for (Connection connection : heaviest) {
            if (rest <= maxQueuedBytes) {
                return;
            }
            rest -= connection.queuedBytes();
            connection.close(CloseCode.SLOW_CONSUMER);
            // What waits is the harm, and the close would wait behind it.
            connection.cut();
        }
    }
}
