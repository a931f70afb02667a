package dev.fanfare.redis.feed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what happens, by name.
final class CountingMetrics implements FeedMetrics {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    volatile int expected;
    volatile Duration resubscribeTook = Duration.ZERO;
    volatile Duration echoLatency = Duration.ZERO;

    int count(String what) {
        AtomicInteger count = counts.get(what);
        return count == null ? 0 : count.get();
    }

    private void add(String what, int change) {
        counts.computeIfAbsent(what, _ -> new AtomicInteger()).addAndGet(change);
    }

    @Override
    public void expected(int connections) {
        expected = connections;
    }

    @Override
    public void live() {
        add("live", 1);
    }

    @Override
    public void lost(LossReason reason) {
        add("lost", 1);
        add("lost " + reason.slug(), 1);
    }

    @Override
    public void connectFailed() {
        add("connectFailed", 1);
    }

    @Override
    public void resubscribed(int channels, Duration took) {
        resubscribeTook = took;
        add("resubscribed", channels);
    }

    @Override
    public void interestChanged(int change) {
        add("interest", change);
    }

    @Override
    public void received(int bytes) {
        add("received", 1);
    }

    @Override
    public void malformed() {
        add("malformed", 1);
    }

    @Override
    public void listenerFailed() {
        add("listenerFailed", 1);
    }

    @Override
    public void answered(Duration latency) {
        add("answered", 1);
    }

    @Override
    public void echoed(Duration latency) {
        echoLatency = latency;
        add("echoed", 1);
    }
}
