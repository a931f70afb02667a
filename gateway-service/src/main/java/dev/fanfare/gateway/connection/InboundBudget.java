package dev.fanfare.gateway.connection;

/// What one connection may still send. Confined to its event loop.
final class InboundBudget {

    private final TokenBucket frames;
    private final TokenBucket bytes;

    InboundBudget(ConnectionConfig config, long now) {
        frames = new TokenBucket(config.maxFramesPerSecond(), config.framesBurst(), now);
        bytes = new TokenBucket(
                config.maxBytesPerSecond().asLongValue(), config.bytesBurst().asLongValue(), now);
    }

    /// Whether a frame of `length` bytes is within it.
    boolean covers(int length, long now) {
        return frames.take(1, 0, now) && bytes.take(length, 0, now);
    }
}
