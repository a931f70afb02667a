package dev.fanfare.redis.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One logged-in connection to Redis that takes commands and pushes at the same time.
///
/// Every method runs, and every callback comes, on the event loop of its socket.
final class RespConnection implements RedisWire {

    /*
     * Which reply belongs to which command
     * ------------------------------------
     * Redis answers in the order of the commands. An ordinary command gets one reply. An (un)subscribe
     * gets no reply but one push per name, in the order of the names; only when Redis refuses the whole
     * command does an error come instead. Pushes of messages may come between any two of these.
     *
     *   expected:  [SUBSCRIBE a b] [HELLO] [PUBLISH]         head first
     *   incoming:  >subscribe a    >message a    >subscribe b    %{…}    :1
     *                └ head, 1 of 2   └ nobody's    └ head, done   └ HELLO └ PUBLISH
     *
     * So the head of the queue alone decides, and an unsubscribe push that does not fit the head was
     * sent by Redis on its own account: the slot has moved to another node.
     */

    private sealed interface Expected {
        long sentNanos();

        record Reply(long sentNanos, Consumer<RespValue> then) implements Expected {}

        record Acknowledgements(
                long sentNanos, PubSubVerb verb, List<String> names, ArrayDeque<String> missing, Acknowledgement then)
                implements Expected {}
    }

    private static final byte[] MESSAGE = "message".getBytes(ISO_8859_1);
    private static final byte[] SHARD_MESSAGE = "smessage".getBytes(ISO_8859_1);

    private final NetSocket socket;
    private final WireEvents events;
    private final RespReader reader;
    private final Queue<Expected> expected = new ArrayDeque<>();
    private boolean closed;

    RespConnection(NetSocket socket, int maxMessageBytes, WireEvents events) {
        this.socket = socket;
        this.events = events;
        this.reader = new RespReader(maxMessageBytes, this::onValue);
        socket.handler(this::onBytes);
        socket.exceptionHandler(failure -> end("failed: " + failure));
        socket.closeHandler(_ -> end("was closed by Redis or on the way"));
    }

    @Override
    public void send(List<String> command, Consumer<RespValue> then) {
        write(command, new Expected.Reply(System.nanoTime(), then));
    }

    @Override
    public void change(PubSubVerb verb, List<String> names, Acknowledgement then) {
        List<String> command = new ArrayList<>(names.size() + 1);
        command.add(verb.name());
        command.addAll(names);
        write(command, new Expected.Acknowledgements(System.nanoTime(), verb, names, new ArrayDeque<>(names), then));
    }

    private void write(List<String> command, Expected answer) {
        if (closed) {
            return;
        }
        expected.add(answer);
        socket.write(RespCommand.encode(command)).onFailure(failure -> end("cannot be written to: " + failure));
    }

    @Override
    public long longestWaitNanos() {
        Expected oldest = expected.peek();
        return oldest == null ? 0 : System.nanoTime() - oldest.sentNanos();
    }

    @Override
    public void close() {
        closed = true;
        expected.clear();
        socket.close().onFailure(_ -> {});
    }

    private void end(String why) {
        if (!closed) {
            close();
            events.onClosed("connection " + why);
        }
    }

    private void onBytes(Buffer bytes) {
        try {
            reader.read(bytes.getBytes());
        } catch (RespException e) {
            end("does not speak RESP 3: " + e.getMessage());
        }
    }

    private void onValue(RespValue value) {
        if (closed) {
            return;
        }
        if (value instanceof RespValue.Push(List<RespValue> items)) {
            onPush(items);
        } else {
            onReply(value);
        }
    }

    private void onReply(RespValue value) {
        switch (expected.poll()) {
            case Expected.Reply reply -> reply.then().accept(value);
            case Expected.Acknowledgements acknowledgements
            when value instanceof RespValue.Failure why ->
                acknowledgements.then().onRefused(why);
            case Expected.Acknowledgements _ -> end("got a reply where none belongs");
            case null -> end("got a reply without a command");
        }
    }

    private void onPush(List<RespValue> items) {
        if (items.size() != 3 || !(items.get(0) instanceof RespValue.Bulk kind)) {
            return;
        }
        String name = nameOf(items.get(1));
        if (name == null) {
            return;
        }
        if (Arrays.equals(kind.bytes(), MESSAGE) || Arrays.equals(kind.bytes(), SHARD_MESSAGE)) {
            onMessage(name, items.get(2));
        } else {
            onAcknowledgement(kind.text(), name);
        }
    }

    private static @Nullable String nameOf(RespValue value) {
        return value instanceof RespValue.Bulk bulk ? new String(bulk.bytes(), ISO_8859_1) : null;
    }

    private void onMessage(String name, RespValue payload) {
        switch (payload) {
            case RespValue.Bulk bulk -> events.onMessage(name, bulk.bytes());
            case RespValue.TooLarge(long length) -> events.onOversizeMessage(name, length);
            case RespValue other -> end("got a message that is not binary data: " + other.text());
        }
    }

    private void onAcknowledgement(String kind, String name) {
        if (expected.peek() instanceof Expected.Acknowledgements head
                && head.verb().acknowledgement().equals(kind)
                && name.equals(head.missing().peek())) {
            int index = head.names().size() - head.missing().size();
            head.missing().remove();
            if (head.missing().isEmpty()) {
                expected.remove();
            }
            head.then().onAcknowledged(index);
        } else if (PubSubVerb.isUnsubscribe(kind)) {
            events.onUnsubscribed(name);
        }
    }
}
