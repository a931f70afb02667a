package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;

/// Where a [FeedLink] stands.
///
/// ```text
/// Idle ──▶ Connecting ──▶ Restoring ──▶ Live
///            ▲    │           │           │
///            │    ▼           ▼           ▼
///            └── Lost ◀───────┴───────────┘        any ──▶ Closed
/// ```
sealed interface LinkState {

    /// Not started.
    record Idle() implements LinkState {}

    /// Looking for the primary, opening a connection, logging in. `attempt` counts them.
    record Connecting(long attempt) implements LinkState {}

    /// Connected, but something is not subscribed yet, or the test message has not come back yet.
    record Restoring(Session session, boolean subscribed, boolean echoed) implements LinkState {

        LinkState withSubscribed() {
            return echoed ? new Live(session) : new Restoring(session, true, false);
        }

        LinkState withEcho() {
            return subscribed ? new Live(session) : new Restoring(session, false, true);
        }
    }

    /// Delivers.
    record Live(Session session) implements LinkState {}

    /// Waits for the time of the next attempt.
    record Lost(FeedLoop.Timer retry) implements LinkState {}

    /// For good.
    record Closed() implements LinkState {}

    /// One connection, for as long as it lasts. `attempt` is the one that opened it.
    record Session(long attempt, RedisEndpoint endpoint, RedisWire wire, Pulse pulse, long sinceNanos) {}
}
