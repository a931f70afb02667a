package dev.fanfare.gateway.connection;

/// Loads of event loops that do not exist.
public final class LoopLoads {

    private LoopLoads() {}

    /// A loop that should have come to its timer at `dueNanos`, with `queuedBytes` waiting for its clients.
    public static LoopLoad of(long dueNanos, long queuedBytes) {
        var load = new LoopLoad();
        load.isDueAt(dueNanos);
        load.queued(queuedBytes);
        return load;
    }
}
