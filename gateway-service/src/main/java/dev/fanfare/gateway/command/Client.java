package dev.fanfare.gateway.command;

import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.token.Token;
import dev.fanfare.messaging.admission.Caller;
import org.jspecify.annotations.Nullable;

/// Who asks over one connection, and what it may do now. Confined to the connection's event loop.
public final class Client {

    private final Caller caller;
    private Grant grant;

    /// The client of a connection.
    ///
    /// @param remoteAddress of the connection, or of the client of a proxy that is believed
    public Client(String remoteAddress, Grant grant) {
        this.caller = new Caller(remoteAddress);
        this.grant = grant;
    }

    /// With whom its publishes are counted.
    Caller caller() {
        return caller;
    }

    Grant grant() {
        return grant;
    }

    /// It may do what `newGrant` says from now on.
    void grant(Grant newGrant) {
        grant = newGrant;
    }

    /// Whether it has shown who it is, or strangers may do something.
    public boolean isKnown() {
        return !grant.isNothing();
    }

    /// Where it comes from.
    public String address() {
        return caller.name();
    }

    /// By which it may do what it may, or null for a stranger.
    public @Nullable Token token() {
        return grant.token();
    }
}
