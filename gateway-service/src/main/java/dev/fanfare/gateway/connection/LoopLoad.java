package dev.fanfare.gateway.connection;

import java.util.concurrent.atomic.AtomicInteger;

/// How much one event loop has to do. Written by the loop, read by any thread.
public final class LoopLoad {

    private final AtomicInteger connections = new AtomicInteger();
    private volatile long queuedBytes;
    private volatile long dueNanos = Long.MAX_VALUE;
    private volatile long worstOfLastSecond;
    private volatile long worstOfThisSecond;

    /// Open connections.
    public int connections() {
        return connections.get();
    }

    /// Bytes that waited for clients when they were last counted, at most a second ago.
    public long queuedBytes() {
        return queuedBytes;
    }

    /// How late the loop came to a timer lately, or how late it is for the next one by now.
    public long lagNanos(long now) {
        long due = dueNanos;
        long late = due == Long.MAX_VALUE ? 0 : now - due;
        return Math.max(late, Math.max(worstOfThisSecond, worstOfLastSecond));
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    void queued(long bytes) {
        queuedBytes = bytes;
    }

    void isDueAt(long nanos) {
        dueNanos = nanos;
    }

    void cameAt(long nanos) {
        worstOfThisSecond = Math.max(worstOfThisSecond, nanos - dueNanos);
    }

    void endSecond() {
        worstOfLastSecond = worstOfThisSecond;
        worstOfThisSecond = 0;
    }
}
