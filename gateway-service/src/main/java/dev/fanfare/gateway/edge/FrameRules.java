package dev.fanfare.gateway.edge;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.IntConsumer;

/// Looks at every frame of a client before the WebSocket extension does. Confined to the event loop.
///
/// Ends the connection with 1002 for what RFC 6455 forbids and the decoder lets pass: reserved bits, of which no
/// extension makes use here, and close codes beyond those there are.
///
/// Pongs end here: there is one per connection and ping interval, most of what an idle gateway has to do, and the
/// way through the extension costs many times what the pong is worth.
final class FrameRules extends ChannelInboundHandlerAdapter {

    private static final int MAX_CLOSE_CODE = 4999;

    private final IntConsumer onPong;

    /// @param onPong is given the length of each pong, in bytes
    FrameRules(IntConsumer onPong) {
        this.onPong = onPong;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && isForbidden(frame)) {
            ReferenceCountUtil.release(message);
            var end = new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR);
            var _ = context.writeAndFlush(end).addListener(ChannelFutureListener.CLOSE);
        } else if (message instanceof PongWebSocketFrame pong) {
            int length = pong.content().readableBytes();
            pong.release();
            onPong.accept(length);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isForbidden(WebSocketFrame frame) {
        return frame.rsv() != 0 || (frame instanceof CloseWebSocketFrame end && end.statusCode() > MAX_CLOSE_CODE);
    }
}
