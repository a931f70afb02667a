package dev.fanfare.redis.resp;

import io.vertx.core.Future;

/// Opens connections to Redis.
@FunctionalInterface
public interface WireOpener {

    /// A connection and the reply of Redis to the login: `role`, `mode`, `version`.
    record Opened(RedisWire wire, RespValue greeting) {}

    /// Opens one connection and logs in, within a deadline. Called on the event loop on which the
    /// connection shall live; the future completes there.
    Future<Opened> open(RedisEndpoint endpoint, WireEvents events);
}
