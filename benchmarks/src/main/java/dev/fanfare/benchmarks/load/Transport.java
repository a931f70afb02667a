package dev.fanfare.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;

/// One event loop, on epoll where the system has it, else on NIO.
final class Transport implements AutoCloseable {

    /// One read takes what a socket usually holds.
    private static final int READ_BYTES = 64 * 1024;

    private final boolean isEpoll = Epoll.isAvailable();
    private final EventLoopGroup group = isEpoll ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);

    EventLoopGroup group() {
        return group;
    }

    String name() {
        return isEpoll ? "epoll" : "NIO";
    }

    /// For a connection to the loopback interface; the handler is missing.
    Bootstrap bootstrap() {
        var bootstrap = new Bootstrap()
                .group(group)
                .channel(isEpoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
        // A bound source address would otherwise take a port that no other connection may share.
        return isEpoll ? bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true) : bootstrap;
    }

    @Override
    public void close() {
        group.shutdownGracefully().awaitUninterruptibly();
    }
}
