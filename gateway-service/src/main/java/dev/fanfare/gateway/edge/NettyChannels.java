package dev.fanfare.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Finds the Netty channel under an HTTP request, and the event loops: the only place that knows Vert.x
/// internals.
///
/// The channel survives the upgrade, and bytes written to it pass the WebSocket encoder untouched, so
/// a frame can be encoded once for all who get it.
final class NettyChannels {

    /// Under which the upgrade leaves the channel for the socket.
    static final TypedKey<Channel> KEY = new TypedKey<>("fanfare.channel");

    private static final String VERTX_HANDLER = "handler";
    private static final String VERTX_IDLE_TIMER = "idle";

    private NettyChannels() {}

    static Channel of(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            return connection.channel();
        }
        throw new IllegalStateException("not a Vert.x server connection: " + request.connection());
    }

    /// Has what the decoder lets pass checked before anybody sees it, and pongs told to `onPong` alone. HTTP's timer
    /// for silent connections ends: a WebSocket has pings, and may be silent for longer.
    static void guard(Channel channel, IntConsumer onPong) {
        if (channel.pipeline().get(VERTX_IDLE_TIMER) != null) {
            channel.pipeline().remove(VERTX_IDLE_TIMER);
        }
        channel.pipeline()
                .addBefore(VERTX_HANDLER, "fanfare-frame-rules", new FrameRules(onPong))
                .addBefore(VERTX_HANDLER, "fanfare-utf8", new Utf8FrameValidator());
    }

    /// All event loops on which connections live.
    static List<EventLoop> loopsOf(Vertx vertx) {
        List<EventLoop> loops = new ArrayList<>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(executor -> loops.add((EventLoop) executor));
        return loops;
    }
}
