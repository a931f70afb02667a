package dev.fanfare.contract.broker;

import org.jspecify.annotations.Nullable;

/// What has become of a connection.
public sealed interface ConnectionChange {

    String id();

    /// Under which the connection is or was listed, null for a stranger.
    @Nullable
    String subject();

    /// It is open and as `connection` says, whatever was said of it before.
    record Opened(OpenConnection connection) implements ConnectionChange {

        @Override
        public String id() {
            return connection.id();
        }

        @Override
        public @Nullable String subject() {
            return connection.subject();
        }
    }

    /// It is closed, or has another subject from now on.
    record Gone(@Nullable String subject, String id) implements ConnectionChange {}
}
