package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.TlsFiles;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameSocketTest {

    private static final int SMALL_BUFFER = 4096;

    /// More than any test lets wait, but the one about that.
    private static final int MUCH = 20_000_000;

    /// What a connection may lie on.
    enum Transport {
        EPOLL(EpollServerSocketChannel.class),
        NIO(NioServerSocketChannel.class),
        TLS(EpollServerSocketChannel.class);

        private final Class<? extends ServerChannel> server;

        Transport(Class<? extends ServerChannel> server) {
            this.server = server;
        }

        EventLoopGroup newLoop() {
            return this == NIO ? new NioEventLoopGroup(1) : new EpollEventLoopGroup(1);
        }
    }

    @TempDir
    private Path folder;

    private final AtomicInteger writesByThePipeline = new AtomicInteger();
    private EventLoopGroup loop = Transport.EPOLL.newLoop();
    private Socket client = new Socket();

    @AfterEach
    void close() throws IOException {
        client.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// The server's end of a connection whose other end is `client`.
    private Channel connect(Transport transport) throws Exception {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        loop = transport.newLoop();
        TlsFiles tls = transport == Transport.TLS ? TlsFiles.generate(folder) : null;
        var accepted = new CompletableFuture<Channel>();
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(transport.server)
                .childOption(ChannelOption.SO_SNDBUF, SMALL_BUFFER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) throws SSLException {
                        if (tls != null) {
                            channel.pipeline().addLast(newTlsHandler(channel, tls));
                        }
                        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                                writesByThePipeline.incrementAndGet();
                                var _ = context.write(message, promise);
                            }
                        });
                        accepted.complete(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        client = new Socket();
        client.setReceiveBufferSize(SMALL_BUFFER);
        client.setSoTimeout(10_000);
        client.connect(server.localAddress());
        Channel channel = accepted.get(10, TimeUnit.SECONDS);
        if (tls != null) {
            client = tls.trustingContext().getSocketFactory().createSocket(client, "localhost", 0, true);
            // The handshake begins with the first that is read.
            var _ = channel.writeAndFlush(buffer(new byte[] {1}));
            read(1);
            writesByThePipeline.set(0);
        }
        return channel;
    }

    private static SslHandler newTlsHandler(Channel channel, TlsFiles tls) throws SSLException {
        return SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile())
                .build()
                .newHandler(channel.alloc());
    }

    private static void onLoop(Channel channel, Runnable task) {
        channel.eventLoop().submit(task).syncUninterruptibly();
    }

    /// Made on the loop, as it is in a gateway.
    private static FrameSocket socketOf(Channel channel) {
        return channel.eventLoop()
                .submit(() -> new FrameSocket(channel, MUCH))
                .syncUninterruptibly()
                .getNow();
    }

    private static ByteBuf buffer(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    private static void write(FrameSocket socket, ByteBuf frames) {
        assertThat(tryToWrite(socket, frames)).isTrue();
    }

    private static void write(FrameSocket socket, ByteBuf frames, int times) {
        for (int i = 0; i < times; i++) {
            write(socket, frames);
        }
    }

    private static boolean tryToWrite(FrameSocket socket, ByteBuf frames) {
        return socket.write(frames, frames.readerIndex(), frames.readableBytes());
    }

    private byte[] read(int length) throws IOException {
        return new DataInputStream(client.getInputStream()).readNBytes(length);
    }

    @Test
    void frameThatTheKernelTakes_passesThePipelineBy() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        ByteBuf frame = buffer(new byte[] {1, 2, 3});

        // When
        onLoop(channel, () -> write(new FrameSocket(channel, MUCH), frame));

        // Then
        assertThat(read(3)).containsExactly(1, 2, 3);
        assertThat(writesByThePipeline).hasValue(0);
        assertThat(frame.readerIndex()).isZero();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void readerThatStallsAndReadsOn_getsEveryByteOnceAndInOrder(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        byte[] all = new byte[3_000_000];
        new Random(7).nextBytes(all);

        // When
        for (int from = 0, length = 1; from < all.length; from += length, length = length % 50_000 + 997) {
            ByteBuf frame = buffer(Arrays.copyOfRange(all, from, Math.min(all.length, from + length)));
            onLoop(channel, () -> write(frames, frame));
            onLoop(channel, frame::release);
        }

        // Then
        assertThat(writesByThePipeline.get()).isPositive();
        assertThat(frames.queuedBytes()).isPositive();
        assertThat(read(all.length)).isEqualTo(all);
        assertThat(client.getInputStream().available()).isZero();
    }

    @Test
    void frameAfterOneThatWaits_waitsBehindIt_evenIfTheKernelHasRoomAgain() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        byte[] first = new byte[1_000_000];
        new Random(8).nextBytes(first);
        ByteBuf long1 = buffer(first);
        ByteBuf short2 = buffer(new byte[] {1, 2, 3});
        var begin = new ByteArrayOutputStream();

        // When
        onLoop(channel, () -> {
            var frames = new FrameSocket(channel, MUCH);
            write(frames, long1);
            readWhatIsThere(begin);
            write(frames, short2);
        });

        // Then
        begin.write(read(first.length - begin.size()));
        assertThat(begin.toByteArray()).isEqualTo(first);
        assertThat(read(3)).containsExactly(1, 2, 3);
        long1.release();
        short2.release();
    }

    @Test
    void frameAfterWhatOthersWroteAndWaits_waitsBehindIt_evenIfTheKernelHasRoomAgain() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[] {1, 2, 3});
        var begin = new ByteArrayOutputStream();

        // When
        onLoop(channel, () -> {
            var _ = channel.writeAndFlush(buffer(new byte[1_000_000]));
            readWhatIsThere(begin);
            write(frames, frame);
        });

        // Then
        assertThat(begin.toByteArray()).containsOnly(0);
        assertThat(read(1_000_000 - begin.size())).containsOnly(0);
        assertThat(read(3)).containsExactly(1, 2, 3);
        frame.release();
    }

    /// On the event loop, so that Netty cannot write meanwhile.
    private void readWhatIsThere(ByteArrayOutputStream into) {
        try {
            InputStream stream = client.getInputStream();
            do {
                into.write(stream.readNBytes(Math.max(1, stream.available())));
            } while (stream.available() > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void channelInWhichTooMuchWaits_takesNothing(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        ByteBuf large = buffer(new byte[MUCH + 1_000_000]);
        ByteBuf small = buffer(new byte[] {1});
        var queued = new ArrayList<Long>();
        var wasTaken = new AtomicBoolean();

        // When
        onLoop(channel, () -> {
            var frames = new FrameSocket(channel, MUCH);
            write(frames, large);
            queued.add(frames.queuedBytes());
            wasTaken.set(tryToWrite(frames, small));
            queued.add(frames.queuedBytes());
        });

        // Then
        assertThat(wasTaken).isFalse();
        assertThat(queued.getFirst()).isGreaterThan(MUCH).isEqualTo(queued.getLast());
        assertThat(small.refCnt()).isEqualTo(1);
        large.release();
        small.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void manyFramesForOneThatDoesNotRead_areFewWritesForNetty(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[1000]);

        // When
        onLoop(channel, () -> write(frames, frame, 10_000));

        // Then
        int whileItStalls = writesByThePipeline.get();
        assertThat(frames.queuedBytes()).isGreaterThan(5_000_000);
        assertThat(read(10_000_000)).containsOnly(0);
        // Those that the kernel took one by one were few, and then one has the mark behind it.
        assertThat(whileItStalls).isLessThan(transport == Transport.EPOLL ? 3 : 100);
        onLoop(channel, () -> assertThat(frames.queuedBytes()).isZero());
        // Each frame, and a mark for some 64 of them.
        assertThat(writesByThePipeline.get()).isLessThan(10_500);
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void socketThatHasCaughtUp_isWrittenToAtOnceAgain(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        ByteBuf large = buffer(new byte[2_000_000]);
        ByteBuf small = buffer(new byte[] {1});
        onLoop(channel, () -> write(frames, large, 2));
        read(4_000_000);

        // When
        onLoop(channel, () -> write(frames, small));

        // Then
        assertThat(read(1)).containsExactly(1);
        assertThat(frames.queuedBytes()).isZero();
        large.release();
        small.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void closedConnection_keepsNothingOfWhatWaited(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[1_000_000]);
        var ran = new AtomicBoolean();
        onLoop(channel, () -> {
            write(frames, frame, 10);
            frames.afterWaiting(() -> ran.set(true));
        });
        assertThat(frame.refCnt()).isGreaterThan(5);

        // When
        channel.close().sync();

        // Then
        onLoop(channel, () -> assertThat(frames.queuedBytes()).isZero());
        assertThat(frame.refCnt()).isEqualTo(1);
        assertThat(ran).isFalse();
        frame.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whatOthersWrite_comesBetweenWholeFrames(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 1);
        bytes[0] = 2;
        ByteBuf frame = buffer(bytes);

        // When
        onLoop(channel, () -> {
            for (int i = 0; i < 50; i++) {
                write(frames, frame);
                if (i % 10 == 0) {
                    var _ = channel.writeAndFlush(buffer(new byte[] {3}));
                }
            }
        });

        // Then
        var found = new ByteArrayOutputStream();
        for (int i = 0; i < 55; i++) {
            byte first = read(1)[0];
            found.write(first);
            if (first == 2) {
                assertThat(read(bytes.length - 1)).containsOnly(1);
            }
        }
        assertThat(found.toByteArray()).containsOnly(2, 3);
        frame.release();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void taskForAfterwards_runsWhenTheKernelHasEverything(Transport transport) throws Exception {
        // Given
        Channel channel = connect(transport);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[1_000_000]);
        var leftThen = new CompletableFuture<Long>();
        var ranAtOnce = new AtomicBoolean();

        // When
        onLoop(channel, () -> {
            frames.afterWaiting(() -> ranAtOnce.set(true));
            write(frames, frame, 10);
            frames.afterWaiting(() -> {
                var _ = channel.writeAndFlush(buffer(new byte[] {1}));
                leftThen.complete((long) frame.refCnt());
            });
        });

        // Then
        assertThat(ranAtOnce).isTrue();
        assertThat(leftThen).isNotDone();
        assertThat(read(10_000_000)).containsOnly(0);
        assertThat(read(1)).containsExactly(1);
        assertThat(leftThen.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        frame.release();
    }

    @Test
    void whatIsDropped_isNotWritten_butForWhatNettyHasAlready() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[2_000_000]);
        ByteBuf next = buffer(new byte[] {1});

        // When
        onLoop(channel, () -> {
            write(frames, frame);
            write(frames, frame);
            frames.drop();
            write(frames, next);
        });

        // Then
        assertThat(read(2_000_000)).containsOnly(0);
        assertThat(read(1)).containsExactly(1);
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
        next.release();
    }

    @Test
    void closedConnection_isNotWrittenTo_evenIfAnotherSocketHasItsDescriptor() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[] {1});
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            channel.close().sync();
            var one = new Socket(listener.getInetAddress(), listener.getLocalPort());
            var other = listener.accept();

            // When
            onLoop(channel, () -> write(frames, frame));

            // Then
            one.getOutputStream().write(2);
            other.getOutputStream().write(3);
            assertThat(other.getInputStream().read()).isEqualTo(2);
            assertThat(one.getInputStream().read()).isEqualTo(3);
            one.close();
            other.close();
        }
        frame.release();
    }

    @Test
    void closedConnection_takesNothingAndFailsNobody() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        FrameSocket frames = socketOf(channel);
        channel.close().sync();
        ByteBuf frame = buffer(new byte[] {1});

        // When
        onLoop(channel, () -> write(frames, frame));

        // Then
        assertThat(frame.refCnt()).isEqualTo(1);
        assertThat(frames.queuedBytes()).isZero();
        frame.release();
    }

    @Test
    void channelThatWasClosedBefore_isNotTakenForOneInWhichTooMuchWaits() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        channel.close().sync();
        ByteBuf frame = buffer(new byte[] {1});
        var wasTaken = new AtomicBoolean();

        // When
        onLoop(channel, () -> wasTaken.set(tryToWrite(new FrameSocket(channel, MUCH), frame)));

        // Then
        assertThat(wasTaken).isTrue();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @Test
    void clientThatHasReset_endsTheConnection() throws Exception {
        // Given
        Channel channel = connect(Transport.EPOLL);
        client.setSoLinger(true, 0);
        client.close();
        FrameSocket frames = socketOf(channel);
        ByteBuf frame = buffer(new byte[] {1});

        // When
        onLoop(channel, () -> write(frames, frame));

        // Then
        assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }
}
