package dev.fanfare.gateway.edge;

import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.connection.Connection;
import dev.fanfare.gateway.connection.Connections;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The endpoint `/ws`: turns the callbacks of the WebSocket extension into calls on [Connection].
///
/// Every callback returns a `Uni` and so runs on the connection's event loop. Those of one connection
/// come one after the other; [Connection] relies on it.
@WebSocket(path = "/ws")
@Singleton
public class GatewaySocket {

    /// What a client asks for that wants more than the tutorial's protocol.
    static final String SUBPROTOCOL = "fanfare.v1";

    private static final Logger LOG = Logger.getLogger(GatewaySocket.class);
    private static final TypedKey<Connection> KEY = new TypedKey<>("fanfare.connection");

    private final Connections connections;

    GatewaySocket(Connections connections) {
        this.connections = connections;
    }

    @OnOpen
    Uni<Void> onOpen(WebSocketConnection socket) {
        Channel channel = socket.userData().get(NettyChannels.KEY);
        String remoteAddress = socket.userData().get(UpgradeGate.REMOTE_ADDRESS);
        Grant grant = socket.userData().get(UpgradeGate.GRANT);
        Connection connection =
                connections.open(socket, channel, remoteAddress, grant, SUBPROTOCOL.equals(socket.subprotocol()));
        NettyChannels.guard(channel, connection::onControl);
        socket.userData().put(KEY, connection);
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> onText(String text, WebSocketConnection socket) {
        Connection connection = connectionOf(socket);
        if (connection != null) {
            connection.onText(text);
        }
        return Uni.createFrom().voidItem();
    }

    @OnBinaryMessage
    Uni<Void> onBinary(Buffer bytes, WebSocketConnection socket) {
        Connection connection = connectionOf(socket);
        if (connection != null) {
            connection.onBinary(bytes.length());
        }
        return Uni.createFrom().voidItem();
    }

    @OnPingMessage
    Uni<Void> onPing(Buffer payload, WebSocketConnection socket) {
        Connection connection = connectionOf(socket);
        if (connection != null) {
            connection.onControl(payload.length());
        }
        return Uni.createFrom().voidItem();
    }

    @OnClose
    Uni<Void> onClose(WebSocketConnection socket) {
        Connection connection = connectionOf(socket);
        if (connection != null) {
            connections.closed(connection);
        }
        return Uni.createFrom().voidItem();
    }

    /// Vert.x reports a message that outgrows the limit over several frames as a failure; a single
    /// frame over the limit it answers with 1009 itself.
    @OnError
    Uni<Void> onError(Throwable failure, WebSocketConnection socket) {
        LOG.debugf("connection failed connectionId=%s error=%s", socket.id(), failure);
        Connection connection = connectionOf(socket);
        if (connection != null && !(failure instanceof IOException)) {
            connection.close(CloseCode.MESSAGE_TOO_BIG);
        }
        return Uni.createFrom().voidItem();
    }

    private static @Nullable Connection connectionOf(WebSocketConnection socket) {
        return socket.userData().get(KEY);
    }
}
