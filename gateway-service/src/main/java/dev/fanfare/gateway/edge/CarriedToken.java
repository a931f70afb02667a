package dev.fanfare.gateway.edge;

import org.jspecify.annotations.Nullable;

/// What a handshake brings along.
sealed interface CarriedToken {

    /// No token: a stranger, or somebody who will send it in the first frame.
    record None() implements CarriedToken {}

    record Found(String token) implements CarriedToken {

        /// Without the token, which is a secret.
        @Override
        public String toString() {
            return "Found";
        }
    }

    /// The page that the client runs in may not connect.
    record ForeignOrigin(@Nullable String origin) implements CarriedToken {}
}
