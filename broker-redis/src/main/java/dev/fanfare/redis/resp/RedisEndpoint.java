package dev.fanfare.redis.resp;

import io.vertx.core.net.SocketAddress;
import io.vertx.redis.client.impl.RedisURI;
import org.jspecify.annotations.Nullable;

/// Where one Redis process listens and how to log in there.
///
/// | component  | meaning                                                      |
/// |------------|--------------------------------------------------------------|
/// | `address`  | host and port, or the path of a Unix socket                  |
/// | `tls`      | whether it speaks TLS                                        |
/// | `user`     | ACL user, or null for `default`                              |
/// | `password` | or null when there is none                                   |
///
/// The database number of the address is left out: pub/sub names are the same in all of them.
public record RedisEndpoint(
        SocketAddress address,
        boolean tls,
        @Nullable String user,
        @Nullable String password) {

    /// Reads a `redis:`, `rediss:` or `unix:` address exactly as the Quarkus client does, because it is
    /// the same setting.
    ///
    /// @param password used when the address has none
    public static RedisEndpoint parse(String uri, @Nullable String password) {
        var parsed = new RedisURI(uri);
        return new RedisEndpoint(
                parsed.socketAddress(),
                parsed.ssl(),
                parsed.user(),
                parsed.password() != null ? parsed.password() : password);
    }

    /// Another process of the same installation, with the same login.
    public RedisEndpoint at(String host, int port) {
        return new RedisEndpoint(SocketAddress.inetSocketAddress(port, host), tls, user, password);
    }

    /// The address alone: a password must not get into a log.
    @Override
    public String toString() {
        return address.toString();
    }
}
