package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.redis.resp.PubSubVerb;
import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import dev.fanfare.redis.resp.WireEvents;
import dev.fanfare.redis.resp.WireOpener;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/// A Redis with one connection at a time, that can be made to fail in many ways. Answers each command
/// when [#answerOne] is called, or at once while `prompt`.
final class FakeRedis implements WireOpener {

    private record Command(long sentNanos, Runnable answer) {}

    private final FeedLoop loop;
    final List<String> commands = new ArrayList<>();
    final Set<String> subscribed = new HashSet<>();
    boolean prompt = true;
    boolean unreachable;
    boolean deaf;
    String role = "master";
    String refusal = "";
    int attempts;
    private Wire wire;

    FakeRedis(FeedLoop loop) {
        this.loop = loop;
        this.wire = new Wire(Deaf.INSTANCE);
    }

    @Override
    public Future<Opened> open(RedisEndpoint endpoint, WireEvents events) {
        attempts++;
        if (unreachable) {
            return Future.failedFuture("connection refused");
        }
        subscribed.clear();
        wire = new Wire(events);
        return Future.succeededFuture(new Opened(wire, greeting()));
    }

    private RespValue greeting() {
        return new RespValue.Many(List.of(new RespValue.Text("role"), new RespValue.Text(role)));
    }

    /// Closes the connection from this side.
    void drop() {
        wire.closed = true;
        wire.events.onClosed("dropped");
    }

    boolean isConnected() {
        return !wire.closed;
    }

    /// Sends a message, if somebody is subscribed.
    void publish(String name, String text) {
        if (subscribed.contains(name) && !wire.closed) {
            wire.events.onMessage(name, text.getBytes(UTF_8));
        }
    }

    /// Answers the oldest command; returns whether there was one.
    boolean answerOne() {
        Command oldest = wire.closed ? null : wire.waiting.poll();
        if (oldest != null) {
            oldest.answer().run();
        }
        return oldest != null;
    }

    void answerAll() {
        while (answerOne()) {
            loop.nanoTime();
        }
    }

    private final class Wire implements RedisWire {

        private final WireEvents events;
        private final Queue<Command> waiting = new ArrayDeque<>();
        private boolean closed;

        private Wire(WireEvents events) {
            this.events = events;
        }

        @Override
        public void send(List<String> command, Consumer<RespValue> then) {
            accept(() -> {
                if (command.getFirst().equals("HELLO")) {
                    then.accept(greeting());
                } else {
                    then.accept(new RespValue.Whole(1));
                    if (!deaf) {
                        publish(command.get(1), command.get(2));
                    }
                }
            });
        }

        @Override
        public void change(PubSubVerb verb, List<String> names, Acknowledgement then) {
            commands.add(verb + " " + String.join(" ", names));
            accept(() -> {
                if (!refusal.isEmpty() && names.stream().noneMatch(name -> name.contains("*"))) {
                    then.onRefused(new RespValue.Failure(refusal));
                    return;
                }
                for (int i = 0; i < names.size() && !closed; i++) {
                    if (verb == PubSubVerb.SUBSCRIBE || verb == PubSubVerb.SSUBSCRIBE) {
                        subscribed.add(names.get(i));
                    } else {
                        subscribed.remove(names.get(i));
                    }
                    then.onAcknowledged(i);
                }
            });
        }

        private void accept(Runnable answer) {
            waiting.add(new Command(loop.nanoTime(), answer));
            if (prompt) {
                loop.execute(() -> {
                    if (prompt) {
                        var _ = answerOne();
                    }
                });
            }
        }

        @Override
        public long longestWaitNanos() {
            Command oldest = waiting.peek();
            return oldest == null ? 0 : loop.nanoTime() - oldest.sentNanos();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
