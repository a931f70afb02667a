package dev.fanfare.gateway.connection;

import java.util.concurrent.atomic.AtomicInteger;

/// How much one event loop has to do. Written by the loop, read by any thread.
public final class LoopLoad {

    private final AtomicInteger connections = new AtomicInteger();
    private volatile long queuedBytes;
    private volatile long dueNanos = Long.MAX_VALUE;
    private volatile long worstOfLastSecond;
    private volatile long worstOfThisSecond;
    private volatile long sentBytes;
    private volatile long sentInLastSecond;
    private long sentSoFar;

    /// Open connections.
    public int connections() {
        return connections.get();
    }

    /// Bytes that waited for clients when they were last counted, at most a second ago.
    public long queuedBytes() {
        return queuedBytes;
    }

    /// Bytes that were sent to clients until the last second ended.
    public long sentBytes() {
        return sentBytes;
    }

    /// Bytes that were sent to clients in the last second that has ended.
    public long sentInLastSecond() {
        return sentInLastSecond;
    }

    /// How late the loop came to a timer lately, or is for the next one by now, or how long a message was on its way
    /// to all of a channel: whichever is most.
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

    /// Costs the way to a client nothing but an addition; others hear of it once a second.
    void sent(int bytes) {
        sentSoFar += bytes;
    }

    void isDueAt(long nanos) {
        dueNanos = nanos;
    }

    void cameAt(long nanos) {
        worstOfThisSecond = Math.max(worstOfThisSecond, nanos - dueNanos);
    }

    /// A message has been on its way to all of its channel for `nanos`.
    void deliversFor(long nanos) {
        worstOfThisSecond = Math.max(worstOfThisSecond, nanos);
    }

    void endSecond() {
        sentInLastSecond = sentSoFar - sentBytes;
        sentBytes = sentSoFar;
        worstOfLastSecond = worstOfThisSecond;
        worstOfThisSecond = 0;
    }
}
