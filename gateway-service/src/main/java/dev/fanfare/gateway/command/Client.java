package dev.fanfare.gateway.command;

import dev.fanfare.messaging.admission.Caller;

/// Who asks.
///
/// | component      | meaning                                                     |
/// |----------------|-------------------------------------------------------------|
/// | `connectionId` | unique among the connections of this instance               |
/// | `caller`       | with whom its publishes are counted                         |
public record Client(String connectionId, Caller caller) {

    /// The client of a connection.
    ///
    /// @param remoteAddress of the connection, or of the client of a proxy that is believed
    public static Client of(String connectionId, String remoteAddress) {
        return new Client(connectionId, new Caller(remoteAddress));
    }
}
