package dev.fanfare.gateway.edge;

import java.util.Locale;

/// Why a client is not let in now.
enum Refusal {
    /// The instance is on its way out.
    DRAINING,
    /// It has as many connections as it may.
    FULL,
    /// Too many come at once.
    TOO_MANY,
    /// The subject or the address has as many connections as it may.
    TOO_MANY_CONNECTIONS,
    /// Its event loops are late, or too much waits for its clients.
    OVERLOADED;

    /// Kebab-case name, for the answer and for metric tags.
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
