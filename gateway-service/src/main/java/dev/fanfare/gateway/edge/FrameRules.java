package dev.fanfare.gateway.edge;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// What RFC 6455 forbids and the decoder lets pass: reserved bits, of which no extension makes use here, and
/// close codes beyond those there are. Ends the connection with 1002.
@ChannelHandler.Sharable
final class FrameRules extends ChannelInboundHandlerAdapter {

    static final FrameRules INSTANCE = new FrameRules();

    private static final int MAX_CLOSE_CODE = 4999;

    private FrameRules() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && isForbidden(frame)) {
            ReferenceCountUtil.release(message);
            var end = new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR);
            var _ = context.writeAndFlush(end).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isForbidden(WebSocketFrame frame) {
        return frame.rsv() != 0 || (frame instanceof CloseWebSocketFrame end && end.statusCode() > MAX_CLOSE_CODE);
    }
}
