package dev.fanfare.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server among others that name it to clients, and the link at which they find it instead of the server
/// itself, if any.
///
/// Commands of [#server] go to the server past the link.
record RedisNode(LocalRedis server, @Nullable TcpProxy link) implements AutoCloseable {

    /*
     * Replication goes over the link too
     * ----------------------------------
     * Sentinel has one address of a primary, which it tells clients and with which it configures replicas; a
     * replica that follows the same primary at another address is set right. A cluster has one as well, unless
     * clients use TLS and replicas do not. So a link that is half open leaves a replica waiting, by default for
     * a minute; with these settings it looks for its primary again after five seconds.
     */
    private static final List<String> NOTICES_SILENCE = List.of("repl-ping-replica-period 1", "repl-timeout 5");

    /// A server that clients find at its own port.
    static RedisNode direct(LocalRedis server) {
        return new RedisNode(server, null);
    }

    /// A server that clients find at the port of a link.
    ///
    /// @param announcePort the setting by which it tells others that port
    static RedisNode linked(LocalRedis server, String announcePort) {
        try {
            var link = new TcpProxy(server.address(), server.port());
            return new RedisNode(
                    server.with(List.of(announcePort + " " + link.port())).with(NOTICES_SILENCE), link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return server.address();
    }

    /// Where clients and replicas find it.
    int port() {
        return link == null ? server.port() : link.port();
    }

    String uri() {
        return "redis://" + address() + ":" + port();
    }

    /// @throws IllegalStateException when clients find it at its own port
    TcpProxy requireLink() {
        if (link == null) {
            throw new IllegalStateException("this Redis was not made as linked");
        }
        return link;
    }

    @Override
    public void close() {
        server.close();
        if (link != null) {
            try {
                link.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
