package dev.fanfare.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A TCP link that can be made bad: cut, stalled, slow, half-open, or changed on the way.
///
/// Listens on a loopback port and forwards every connection to one server. All methods may be called
/// from any thread at any time and hold for present connections and, where said, for new ones.
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flowing = lock.newCondition();
    private boolean stalled;
    private volatile boolean refusing;
    private volatile Duration delay = Duration.ZERO;
    private volatile Supplier<UnaryOperator<byte[]>> fromServer = UnaryOperator::identity;

    /// Begins to forward to `host:port`.
    public TcpProxy(String host, int port) throws IOException {
        this.server = new InetSocketAddress(host, port);
        this.listener = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("tcp-proxy").start(this::accept);
    }

    /// The port on which it listens, on 127.0.0.1.
    public int port() {
        return listener.getLocalPort();
    }

    /// Present connections.
    public int connections() {
        return links.size();
    }

    /// Closes all present connections on both sides; new ones work.
    public void cut() {
        links.forEach(Link::close);
    }

    /// New connections are closed at once, until called again with `false`.
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /// Nothing is forwarded any more, in either direction, and nothing is closed: a link whose other end
    /// is gone without a trace. New connections are accepted and stall as well.
    public void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /// Undoes [#stall]; what was held back is forwarded.
    public void flow() {
        lock.lock();
        try {
            stalled = false;
            flowing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Present connections become half-open: the server's side is closed, the client's side stays open
    /// and silent for ever. New ones work.
    public void halfOpen() {
        links.forEach(Link::closeServerSide);
    }

    /// Everything from the server is held back for `newDelay` before it is forwarded.
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    /// What new connections receive from the server goes through a filter of their own, in pieces as they
    /// come off the wire.
    public void filterFromServer(Supplier<UnaryOperator<byte[]>> filters) {
        fromServer = filters;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        flow();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                } else {
                    open(client);
                }
            } catch (IOException closed) {
                // The listener was closed, or the server refuses: the client sees its end.
            }
        }
    }

    private void open(Socket client) throws IOException {
        var upstream = new Socket();
        try {
            upstream.connect(server);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        var link = new Link(client, upstream);
        links.add(link);
        UnaryOperator<byte[]> filter = fromServer.get();
        Thread.ofVirtual().start(() -> link.pump(client, upstream, UnaryOperator.identity(), false));
        Thread.ofVirtual().start(() -> link.pump(upstream, client, filter, true));
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (stalled) {
                flowing.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void hold() {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket upstream;
        private volatile boolean halfOpen;

        private Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        private void pump(Socket from, Socket to, UnaryOperator<byte[]> filter, boolean delayed) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                var buffer = new byte[BUFFER_BYTES];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (delayed) {
                        hold();
                    }
                    awaitFlow();
                    byte[] bytes = filter.apply(Arrays.copyOf(buffer, read));
                    out.write(bytes);
                }
            } catch (IOException gone) {
                // One end is gone; the other is told below.
            }
            if (!halfOpen) {
                close();
            }
        }

        private void closeServerSide() {
            halfOpen = true;
            closeQuietly(upstream);
        }

        private void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(upstream);
        }

        private static void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // That was the aim.
            }
        }
    }
}
