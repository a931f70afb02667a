package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to one node and the commands on it, in order. Confined to the event loop.
///
/// It opens the connection when the first command comes, and after a loss when the next one comes. It
/// never repeats a command: whatever has no answer goes back to the [Owner], in order.
final class Lane {

    /// Where commands go when the lane is done with them.
    interface Owner {

        void answered(PendingCommand command, @Nullable Response response);

        void setBack(PendingCommand command, Setback setback);
    }

    private static final Logger LOG = Logger.getLogger(Lane.class);

    /// Commands that may be on their way at a time: enough to keep Redis busy over 10 ms of network at
    /// 100,000 commands per second. The rest waits here, where it can still be taken back.
    static final int MAX_SENT = 1024;

    /// Most commands that are written at once: as many callers as wait for their turn of a busy loop. More would hold
    /// back the first answers until the last has come.
    static final int MAX_TOGETHER = 64;

    private final String node;
    private final Vertx vertx;
    private final Supplier<Future<RedisConnection>> connector;
    private final List<Request> preamble;
    private final Duration timeout;
    private final Owner owner;

    private final Deque<PendingCommand> waiting = new ArrayDeque<>();
    private final Deque<PendingCommand> sent = new ArrayDeque<>();
    private @Nullable RedisConnection connection;
    private boolean opening;
    private boolean ready;
    private boolean lossReported;
    private boolean loadingScripts;

    /// Counts connections and attempts, so that what comes late from an old one is recognised.
    private int generation;

    /// @param preamble what each new connection must have done before the first command, and again
    ///     when the node has forgotten its scripts
    /// @param timeout for opening, and for an answer: a connection that is silent longer is given up
    Lane(
            String node,
            Vertx vertx,
            Supplier<Future<RedisConnection>> connector,
            List<Request> preamble,
            Duration timeout,
            Owner owner) {
        this.node = node;
        this.vertx = vertx;
        this.connector = connector;
        this.preamble = preamble;
        this.timeout = timeout;
        this.owner = owner;
    }

    /// Takes `command`, which is sent by the next [#pump].
    void offer(PendingCommand command) {
        waiting.add(command);
    }

    /// Sends what may be sent now. Called behind the offers of a turn of the event loop, because each write is a
    /// system call, and costs more than the command.
    void pump() {
        RedisConnection open = connection;
        if (ready && open != null) {
            while (!waiting.isEmpty() && sent.size() < MAX_SENT) {
                List<PendingCommand> together = nextTogether();
                if (together.size() == 1) {
                    transmit(open, together.getFirst());
                } else {
                    transmitTogether(open, together);
                }
            }
        } else if (!opening && !waiting.isEmpty()) {
            open();
        }
    }

    private void open() {
        opening = true;
        int attempt = ++generation;
        vertx.setTimer(timeout.toMillis(), _ -> {
            if (opening) {
                lost(attempt, new TimeoutException("no connection within " + timeout));
            }
        });
        connector.get().onComplete(opened -> {
            if (opened.failed()) {
                lost(attempt, opened.cause());
            } else if (attempt == generation) {
                prepare(attempt, opened.result());
            } else {
                NodeClient.discard(opened.result());
            }
        });
    }

    private void prepare(int attempt, RedisConnection opened) {
        connection = opened;
        opened.handler(_ -> {});
        opened.exceptionHandler(failure -> lost(attempt, failure));
        opened.endHandler(_ -> lost(attempt, new ClosedChannelException()));
        sendAll(opened, preamble).onComplete(prepared -> {
            if (prepared.failed()) {
                lost(attempt, prepared.cause());
            } else if (attempt == generation) {
                opening = false;
                ready = true;
                reportRegained();
                pump();
            }
        });
    }

    private static Future<?> sendAll(RedisConnection open, List<Request> requests) {
        return Future.all(requests.stream().map(open::send).toList());
    }

    private List<PendingCommand> nextTogether() {
        int most = Math.min(MAX_TOGETHER, MAX_SENT - sent.size());
        List<PendingCommand> together = new ArrayList<>();
        do {
            together.add(waiting.remove());
        } while (together.size() < most
                && !waiting.isEmpty()
                && !together.getLast().isToGoAlone()
                && !waiting.element().isToGoAlone());
        return together;
    }

    private void transmitTogether(RedisConnection open, List<PendingCommand> together) {
        long now = System.nanoTime();
        together.forEach(command -> command.sentNanos = now);
        sent.addAll(together);
        int attempt = generation;
        open.batch(together.stream().map(PendingCommand::request).toList()).onComplete(done -> {
            if (attempt != generation) {
                return;
            }
            if (done.succeeded()) {
                repliedTogether(together, done.result());
            } else {
                failedTogether(together, done.cause());
            }
        });
    }

    private void repliedTogether(List<PendingCommand> together, List<Response> responses) {
        for (int i = 0; i < together.size(); i++) {
            sent.remove(together.get(i));
            owner.answered(together.get(i), responses.get(i));
        }
        pump();
    }

    /// The client tells of all failures in one text, so each command has to find out its own by itself.
    private void failedTogether(List<PendingCommand> together, Throwable failure) {
        if (Setback.of(failure) instanceof Setback.Lost) {
            lost(generation, failure);
            return;
        }
        together.forEach(sent::remove);
        together.forEach(command -> {
            command.goesAlone = true;
            owner.setBack(command, new Setback.Unclear());
        });
        pump();
    }

    private void transmit(RedisConnection open, PendingCommand command) {
        command.sentNanos = System.nanoTime();
        sent.add(command);
        int attempt = generation;
        if (command.askedNode != null) {
            // Holds for the next command only, so it must be written right before it.
            open.send(Request.cmd(Command.ASKING)).onFailure(failure -> LOG.debugf("asking failed error=%s", failure));
        }
        Future<@Nullable Response> reply = open.send(command.request());
        int replicas = command.command.replicas();
        if (replicas > 0) {
            long untilDeadline = TimeUnit.NANOSECONDS.toMillis(command.deadlineNanos - command.sentNanos);
            reply = confirmed(open, reply, replicas, Math.clamp(untilDeadline / 2, 1, timeout.toMillis() / 2));
        }
        reply.onComplete(done -> {
            if (attempt == generation) {
                replied(command, done.succeeded() ? null : done.cause(), done.result());
            }
        });
    }

    /// `reply`, once so many replicas have what was written over this connection until now.
    private Future<@Nullable Response> confirmed(
            RedisConnection open, Future<@Nullable Response> reply, int replicas, long waitMillis) {
        // Written at once, or the next command would come between.
        Future<@Nullable Response> count = open.send(Request.cmd(Command.WAIT, replicas, waitMillis));
        return reply.compose(response -> count.compose(confirmed -> {
            int confirmedBy = Integer.parseInt(String.valueOf(confirmed));
            return confirmedBy < replicas
                    ? Future.failedFuture(new ReplicasMissingException(confirmedBy, replicas))
                    : Future.succeededFuture(response);
        }));
    }

    private void replied(PendingCommand command, @Nullable Throwable failure, @Nullable Response response) {
        if (failure == null) {
            sent.remove(command);
            owner.answered(command, response);
            pump();
            return;
        }
        Setback setback = Setback.of(failure);
        if (setback instanceof Setback.Lost) {
            lost(generation, failure);
            return;
        }
        sent.remove(command);
        if (setback instanceof Setback.ScriptMissing) {
            loadScripts();
        }
        owner.setBack(command, setback);
        pump();
    }

    /// Written at once, so that whatever is sent after this finds the scripts.
    private void loadScripts() {
        RedisConnection open = connection;
        if (open != null && !loadingScripts) {
            loadingScripts = true;
            sendAll(open, preamble).onComplete(_ -> loadingScripts = false);
        }
    }

    /// Fails what has waited too long, and gives up a connection that does not answer.
    ///
    /// Called often and regularly. A command that was sent stays in its place, so that its answer, when
    /// it comes after all, is not taken for that of another.
    void expire(long nowNanos) {
        sent.forEach(command -> expire(command, nowNanos));
        PendingCommand oldest = sent.peek();
        if (oldest != null && nowNanos - oldest.sentNanos >= timeout.toNanos()) {
            lost(generation, new TimeoutException("no answer within " + timeout));
        }
        PendingCommand next = waiting.peek();
        while (next != null && next.isExpired(nowNanos)) {
            waiting.remove();
            owner.setBack(next, new Setback.Fatal(new TimeoutException("no connection within " + timeout)));
            next = waiting.peek();
        }
    }

    private void expire(PendingCommand command, long nowNanos) {
        if (command.isExpired(nowNanos)) {
            command.fail("Redis did not answer within " + timeout, null);
        }
    }

    private void lost(int attempt, Throwable cause) {
        if (attempt != generation) {
            return;
        }
        reportLoss(cause);
        RedisConnection dead = connection;
        generation++;
        opening = false;
        ready = false;
        loadingScripts = false;
        connection = null;
        if (dead != null) {
            NodeClient.discard(dead);
        }
        List<PendingCommand> unanswered = new ArrayList<>(sent);
        unanswered.addAll(waiting);
        sent.clear();
        waiting.clear();
        var setback = new Setback.Lost(cause);
        unanswered.forEach(command -> owner.setBack(command, setback));
    }

    private void reportLoss(Throwable cause) {
        Logger.Level level = lossReported ? Logger.Level.DEBUG : Logger.Level.WARN;
        LOG.logf(level, "redis connection lost node=%s unanswered=%d error=%s", node, sent.size(), cause);
        lossReported = true;
    }

    private void reportRegained() {
        if (lossReported) {
            LOG.infof("redis connection regained node=%s", node);
            lossReported = false;
        }
    }

    void close() {
        // Not worth a warning.
        lossReported = true;
        lost(generation, new ClosedChannelException());
    }
}
