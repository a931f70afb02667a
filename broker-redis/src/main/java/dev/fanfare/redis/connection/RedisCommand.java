package dev.fanfare.redis.connection;

import io.vertx.redis.client.Request;

/// One command, safe to send again when no answer came.
///
/// | component  | meaning                                                                         |
/// |------------|---------------------------------------------------------------------------------|
/// | `slot`     | hash slot of its keys, 0 to 16383: decides on the node and the order            |
/// | `request`  | what is sent; not changed by sending                                            |
/// | `replicas` | how many replicas must confirm it before it is answered; 0 for none             |
public record RedisCommand(int slot, Request request, int replicas) {

    public RedisCommand(int slot, Request request) {
        this(slot, request, 0);
    }
}
