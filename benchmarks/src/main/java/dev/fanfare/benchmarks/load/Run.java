package dev.fanfare.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// One measurement: publishes at a [Rate] for some time, then waits for what is still on its way.
///
/// Confined to the load's event loop. [#pump] is called whenever something may have changed: after a
/// read, and by a timer.
final class Run {

    /// Silence after which what is missing counts as lost.
    private static final long STALL_MICROS = Duration.ofSeconds(10).toNanos() / 1000;

    /// What publishes the next message.
    interface Outlet {

        /// Publishes to the next channel; returns how many subscribers must get it.
        int publish(long sentMicros);

        void flush();
    }

    private final Rate rate;
    private final Outlet outlet;
    private final double subscribersEach;
    private final Supplier<Duration> serverCpu;
    private final Supplier<Duration> loadCpu;
    private final long startMicros;
    private final long endMicros;
    private final Pace pace;
    private final Latencies latencies = new Latencies();
    private final Duration serverCpuBefore;
    private final Duration loadCpuBefore;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private long published;
    private long expected;
    private long delivered;
    private long repeated;
    private long lastMicros;
    private boolean isPublishing = true;

    /// @param subscribersEach mean number of subscribers that a message reaches
    Run(
            Rate rate,
            Duration time,
            long startMicros,
            double subscribersEach,
            Outlet outlet,
            Supplier<Duration> serverCpu,
            Supplier<Duration> loadCpu) {
        this.rate = rate;
        this.outlet = outlet;
        this.subscribersEach = subscribersEach;
        this.serverCpu = serverCpu;
        this.loadCpu = loadCpu;
        this.startMicros = startMicros;
        this.endMicros = startMicros + time.toNanos() / 1000;
        this.lastMicros = startMicros;
        this.pace = new Pace(startMicros, rate instanceof Rate.Fixed fixed ? fixed.perSecond() : 1);
        this.serverCpuBefore = serverCpu.get();
        this.loadCpuBefore = loadCpu.get();
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void onMessage(boolean isNew, long sentMicros, long nowMicros) {
        if (isNew) {
            delivered++;
            latencies.record(sentMicros, nowMicros);
        } else {
            repeated++;
        }
        lastMicros = nowMicros;
    }

    /// Publishes what may be published now, and ends when there is nothing more to wait for.
    void pump(long nowMicros) {
        if (outcome.isDone()) {
            return;
        }
        if (isPublishing) {
            publish(nowMicros);
        }
        if (!isPublishing && (delivered >= expected || nowMicros - lastMicros > STALL_MICROS)) {
            finish();
        } else if (nowMicros - Math.max(lastMicros, startMicros) > STALL_MICROS) {
            finish();
        }
    }

    private void publish(long nowMicros) {
        long before = published;
        switch (rate) {
            case Rate.Window(int messages) -> publishInto(messages, nowMicros);
            case Rate.Fixed _ -> publishDue(nowMicros);
        }
        if (published > before) {
            outlet.flush();
        }
    }

    private void publishInto(int window, long nowMicros) {
        while (nowMicros < endMicros && expected - delivered + subscribersEach <= window * subscribersEach) {
            send(nowMicros);
        }
        isPublishing = nowMicros < endMicros;
    }

    private void publishDue(long nowMicros) {
        long due = pace.due(Math.min(nowMicros, endMicros));
        while (published < due) {
            send(pace.dueMicros(published));
        }
        isPublishing = nowMicros < endMicros;
    }

    private void send(long sentMicros) {
        expected += outlet.publish(sentMicros);
        published++;
    }

    /// When something must be sent next whatever comes in, on the clock of `nowMicros`.
    long nextMicros(long nowMicros, long tickMicros) {
        long tick = nowMicros + tickMicros;
        return isPublishing && rate instanceof Rate.Fixed ? Math.min(tick, pace.dueMicros(published)) : tick;
    }

    private void finish() {
        isPublishing = false;
        outcome.complete(new Outcome(
                published,
                expected,
                delivered,
                repeated,
                Duration.ofNanos((lastMicros - startMicros) * 1000),
                serverCpu.get().minus(serverCpuBefore),
                loadCpu.get().minus(loadCpuBefore),
                latencies.percentiles()));
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }
}
