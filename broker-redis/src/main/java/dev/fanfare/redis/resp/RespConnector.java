package dev.fanfare.redis.resp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Opens connections over TCP or TLS.
public final class RespConnector implements WireOpener {

    private final Vertx vertx;
    private final NetClient client;
    private final boolean clientSpeaksTls;
    private final Duration deadline;
    private final String clientName;
    private final int maxMessageBytes;

    /// @param deadline for everything until Redis has accepted the login
    /// @param clientName what `CLIENT LIST` shows
    /// @param maxMessageBytes larger messages are thrown away
    public RespConnector(
            Vertx vertx, NetClientOptions options, Duration deadline, String clientName, int maxMessageBytes) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions(options)
                .setConnectTimeout(Math.toIntExact(deadline.toMillis()))
                .setSslHandshakeTimeout(deadline.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // Whoever supervises the connection decides when to try again.
                .setReconnectAttempts(0));
        this.clientSpeaksTls = options.isSsl();
        this.deadline = deadline;
        this.clientName = clientName;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public Future<Opened> open(RedisEndpoint endpoint, WireEvents events) {
        Promise<Opened> opened = Promise.promise();
        long timer = vertx.setTimer(
                deadline.toMillis(), _ -> opened.tryFail("no answer within " + deadline.toMillis() + " ms"));
        client.connect(endpoint.address())
                .compose(socket -> secured(socket, endpoint))
                .onSuccess(socket -> logIn(socket, endpoint, events, opened))
                .onFailure(opened::tryFail);
        return opened.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private Future<NetSocket> secured(NetSocket socket, RedisEndpoint endpoint) {
        return endpoint.tls() && !clientSpeaksTls ? socket.upgradeToSsl().map(socket) : Future.succeededFuture(socket);
    }

    private void logIn(NetSocket socket, RedisEndpoint endpoint, WireEvents events, Promise<Opened> opened) {
        var connection = new RespConnection(socket, maxMessageBytes, new Gate(events, opened));
        opened.future().onFailure(_ -> connection.close());
        connection.send(hello(endpoint), reply -> {
            if (reply instanceof RespValue.Failure(String text)) {
                opened.tryFail("Redis refuses HELLO 3: " + text);
            } else {
                opened.tryComplete(new Opened(connection, reply));
            }
        });
    }

    private List<String> hello(RedisEndpoint endpoint) {
        List<String> command = new ArrayList<>(List.of("HELLO", "3"));
        String password = endpoint.password();
        if (password != null) {
            String user = endpoint.user();
            command.addAll(List.of("AUTH", user == null ? "default" : user, password));
        }
        command.addAll(List.of("SETNAME", clientName));
        return command;
    }

    /// Closes all connections and opens no more.
    public void close() {
        client.close().onFailure(_ -> {});
    }

    /// Turns the end of a connection that is not open yet into a failed attempt.
    private record Gate(WireEvents events, Promise<Opened> opened) implements WireEvents {

        @Override
        public void onMessage(String name, byte[] payload) {
            events.onMessage(name, payload);
        }

        @Override
        public void onOversizeMessage(String name, long bytes) {
            events.onOversizeMessage(name, bytes);
        }

        @Override
        public void onUnsubscribed(String name) {
            events.onUnsubscribed(name);
        }

        @Override
        public void onClosed(String why) {
            if (!opened.tryFail(why)) {
                events.onClosed(why);
            }
        }
    }
}
