package dev.fanfare.benchmarks.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;

/// A connection of a publisher, whose end is the publisher's failure. On the event loop.
abstract class PublishConnection extends ChannelInboundHandlerAdapter {

    private final CompletableFuture<Void> failure;

    /// @param failure of the publisher
    PublishConnection(CompletableFuture<Void> failure) {
        this.failure = failure;
    }

    /// The server has answered `text` to a publish.
    final void refused(String text) {
        failure.completeExceptionally(new IllegalStateException("a publish was refused: " + text));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failure.completeExceptionally(new IllegalStateException("the server hung up on the publisher"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure.completeExceptionally(cause);
        var _ = context.close();
    }
}
