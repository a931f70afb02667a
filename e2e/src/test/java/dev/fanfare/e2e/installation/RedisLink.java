package dev.fanfare.e2e.installation;

import dev.fanfare.testkit.MessagesDropped;
import dev.fanfare.testkit.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way of one process to Redis, through a proxy.
public final class RedisLink implements AutoCloseable {

    private final TcpProxy proxy;
    private final AtomicBoolean isMuted = new AtomicBoolean();

    private RedisLink(TcpProxy proxy) {
        this.proxy = proxy;
        proxy.filterFromServer(() -> new MessagesDropped(isMuted));
    }

    static RedisLink to(URI redis) {
        try {
            return new RedisLink(new TcpProxy(redis.getHost(), redis.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + proxy.port());
    }

    /// Redis answers every command, and none of its pub/sub messages comes through, until [#unmute].
    public void mute() {
        isMuted.set(true);
    }

    /// Undoes [#mute]; what was dropped stays lost.
    public void unmute() {
        isMuted.set(false);
    }

    /// The proxy itself, for what else can be wrong with a link.
    public TcpProxy proxy() {
        return proxy;
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
