package dev.fanfare.gateway.edge;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// When clients that were not let in are told to come back: `Retry-After`, in seconds. Any thread.
@Singleton
final class RetryTimes {

    private final RetrySlots slots;
    private final int longest;

    @Inject
    RetryTimes(HandshakeConfig config) {
        this(config, System::nanoTime);
    }

    RetryTimes(HandshakeConfig config, LongSupplier nanoTime) {
        this.longest = (int) Math.max(1, config.maxRetryAfter().toSeconds());
        this.slots = new RetrySlots(config.maxPerSecond(), longest, nanoTime);
    }

    /// For a client that was refused.
    int after(Refusal refusal) {
        return switch (refusal) {
            // Another instance has room at once.
            case DRAINING -> 1;
            case TOO_MANY -> slots.take();
            // When there is room nobody knows.
            case FULL, OVERLOADED, TOO_MANY_CONNECTIONS -> spread();
        };
    }

    /// A time by chance, another for each client.
    int spread() {
        return ThreadLocalRandom.current().nextInt(longest) + 1;
    }
}
