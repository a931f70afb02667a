package dev.fanfare.redis.feed;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Counts nothing; for services that bring no [FeedMetrics] of their own.
@DefaultBean
@Singleton
public final class UncountedFeed implements FeedMetrics {

    @Override
    public void expected(int connections) {}

    @Override
    public void live() {}

    @Override
    public void lost(LossReason reason) {}

    @Override
    public void connectFailed() {}

    @Override
    public void resubscribed(int channels, Duration took) {}

    @Override
    public void interestChanged(int change) {}

    @Override
    public void received(int bytes) {}

    @Override
    public void malformed() {}

    @Override
    public void listenerFailed() {}

    @Override
    public void answered(Duration latency) {}

    @Override
    public void echoed(Duration latency) {}
}
