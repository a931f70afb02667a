package dev.fanfare.gateway.access;

import dev.fanfare.access.token.Token;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many connections each subject and each address has at this instance. Any thread.
///
/// Not counted over all instances: what a connection costs is the memory of one, and those of a subject are spread over
/// them as all others are.
@Singleton
public class ConnectionShares {

    private final Shares bySubject;
    private final Shares byAddress;

    ConnectionShares(ClientAccessConfig config) {
        this.bySubject = new Shares(config.maxConnectionsPerSubject());
        this.byAddress = new Shares(config.maxConnectionsPerAddress());
    }

    /// Counts a connection from `address`, and to the subject of `token` if there is one, unless one of them has as
    /// many as it may.
    ///
    /// @return what to do, once, when it has ended; empty when it may not be
    public Optional<Runnable> enter(String address, @Nullable Token token) {
        if (!byAddress.enter(address)) {
            return Optional.empty();
        }
        Optional<Runnable> ofSubject = token == null ? Optional.of(() -> {}) : enter(token);
        if (ofSubject.isEmpty()) {
            byAddress.leave(address);
        }
        return ofSubject.map(leave -> () -> {
            leave.run();
            byAddress.leave(address);
        });
    }

    /// Counts a connection that is there already to the subject of `token`, unless that has as many as it may.
    ///
    /// @return as [#enter(String, Token)]
    public Optional<Runnable> enter(Token token) {
        String subject = token.issuer() + "\n" + token.subject();
        return bySubject.enter(subject) ? Optional.of(() -> bySubject.leave(subject)) : Optional.empty();
    }
}
