package dev.fanfare.gateway.lifecycle;

import java.util.Locale;

/// Why clients have to move to another instance.
enum MoveReason {
    /// This instance hears nothing from Redis, and others do.
    EVACUATION,
    /// It is about to end.
    DRAIN,
    /// It has more connections than its share.
    REBALANCE;

    /// Name for metrics and logs.
    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
