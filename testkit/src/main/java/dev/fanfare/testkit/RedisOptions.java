package dev.fanfare.testkit;

import org.jspecify.annotations.Nullable;

/// How a [RedisServer] is set up.
///
/// | component    | meaning                                                                      |
/// |--------------|------------------------------------------------------------------------------|
/// | `password`   | what clients must send, or null for none                                     |
/// | `tls`        | the server's certificate: it then speaks nothing but TLS; null for plain TCP |
/// | `appendOnly` | whether its data survives a restart                                          |
/// | `cluster`    | whether it runs in cluster mode, as a node that knows no other and has no slots |
public record RedisOptions(
        @Nullable String password, @Nullable TlsFiles tls, boolean appendOnly, boolean cluster) {

    /// No password, no TLS, nothing survives a restart.
    public static RedisOptions defaults() {
        return new RedisOptions(null, null, false, false);
    }

    public RedisOptions withPassword(String newPassword) {
        return new RedisOptions(newPassword, tls, appendOnly, cluster);
    }

    public RedisOptions withTls(TlsFiles newTls) {
        return new RedisOptions(password, newTls, appendOnly, cluster);
    }

    public RedisOptions withAppendOnly() {
        return new RedisOptions(password, tls, true, cluster);
    }

    public RedisOptions withCluster() {
        return new RedisOptions(password, tls, appendOnly, true);
    }
}
