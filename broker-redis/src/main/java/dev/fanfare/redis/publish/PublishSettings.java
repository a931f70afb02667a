package dev.fanfare.redis.publish;

import java.time.Duration;

/// What holds for every publish of an installation.
///
/// | component           | unit and range                                                          |
/// |---------------------|-------------------------------------------------------------------------|
/// | `idempotencyWindow` | how long a message id is remembered, from 1 ms                           |
/// | `metaTtl`           | how long an idle channel keeps its epoch, from 1 ms; at least twice the history ttl is used
/// |
/// | `sharded`           | whether messages are announced with `SPUBLISH`, as a cluster needs it    |
public record PublishSettings(Duration idempotencyWindow, Duration metaTtl, boolean sharded) {

    public PublishSettings {
        if (idempotencyWindow.toMillis() < 1 || metaTtl.toMillis() < 1) {
            throw new IllegalArgumentException("the idempotency window and the meta ttl are at least 1 ms");
        }
    }

    String announceCommand() {
        return sharded ? "SPUBLISH" : "PUBLISH";
    }
}
