package dev.fanfare.telemetry.leadership;

import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome.Held;
import dev.fanfare.contract.broker.LeaseOutcome.Taken;
import dev.fanfare.telemetry.poll.Backoff;
import dev.fanfare.telemetry.poll.Heartbeat;
import dev.fanfare.telemetry.poll.SourceLoop;
import dev.fanfare.telemetry.poll.Tenure;
import dev.fanfare.telemetry.poll.Ticker;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lets one source be polled here while this instance holds the source's lease, and nowhere else.
///
/// Runs on a virtual thread of its own from [#start] to [#stop]; the loop runs on another, so that a
/// slow source does not keep the lease from being renewed.
public final class Leadership {

    /*
     * Who may publish
     * ---------------
     * Redis counts a lease's time from when it gets the request; we count from before we send it and
     * take a tenth off, by the monotonic clock. So we stop before anybody else can start, as long as
     * this process runs. If it is frozen between looking at the clock and publishing, Redis refuses
     * the publish, because the new leader has published with a greater fence.
     *
     * Redis away
     * ----------
     * A lease that cannot be renewed runs out, and with it the polling: without Redis there is nothing
     * to poll for. The attempts go on at the pace of a standby with back-off, so nothing piles up and
     * the first answer of Redis brings a leader.
     *
     * The lease is named after the channel, not after the source: the channel remembers the greatest
     * fence, and a renamed source must go on counting from there.
     */

    private static final Duration MIN_TTL = Duration.ofMillis(500);
    private static final Duration MAX_TTL = Duration.ofMinutes(1);
    private static final Duration MIN_RETRY = Duration.ofMillis(50);

    /// A leader renews after a third of the ttl: two attempts may fail before it runs out.
    private static final int RENEWALS_PER_TTL = 3;

    /// A renewal that failed is tried again after a tenth of the ttl.
    private static final int RETRIES_PER_TTL = 10;

    /// What is taken off the ttl for clocks that run at different speeds.
    private static final int MARGIN_PER_TTL = 10;

    /// Longest pause between attempts while Redis is away: its return is noticed within it.
    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    /// For a poll loop to end on a stop: it finishes at most the publish that is under way.
    private static final Duration STOP_WAIT = Duration.ofSeconds(3);

    private static final Duration FINISH_STEP = Duration.ofMillis(100);

    /// After this long without a turn the loop counts as stuck; every wait in it is far shorter.
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final SourceLoop loop;
    private final LeaseKeeper leases;
    private final String owner;
    private final Duration ttl;
    private final Duration retry;
    private final LeadershipMetrics metrics;
    private final Ticker ticker;
    private final Heartbeat heartbeat;
    private final Backoff backoff;
    private final String source;
    private final String lease;

    private @Nullable Thread thread;
    private volatile boolean isStopping;
    private int failures;
    private State state = State.NEW;

    /// For the log, which tells each change once.
    private enum State {
        NEW("starting"),
        LEADER("this instance polls"),
        STANDBY("another instance polls, standing by"),
        WITHOUT_REDIS("redis does not answer, not polling");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /// @param owner name of this process among all that compete, unique
    public Leadership(
            SourceLoop loop,
            LeaseKeeper leases,
            String owner,
            LeaseConfig config,
            LeadershipMetrics metrics,
            Ticker ticker) {
        this.loop = loop;
        this.leases = leases;
        this.owner = owner;
        this.ttl = inRange("ttl", config.ttl(), MIN_TTL, MAX_TTL);
        this.retry = inRange("retry", config.retry(), MIN_RETRY, ttl);
        this.metrics = metrics;
        this.ticker = ticker;
        this.heartbeat = new Heartbeat(ticker);
        Duration cap = retry.compareTo(MAX_PAUSE) < 0 ? MAX_PAUSE : retry;
        this.backoff = new Backoff(retry, cap, new SplittableRandom());
        this.source = loop.settings().name();
        this.lease = "telemetry:" + loop.settings().channel().name();
    }

    private static Duration inRange(String property, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "fanfare.telemetry.lease." + property + " is " + min + " to " + max + " but is " + value);
        }
        return value;
    }

    public void start() {
        thread = Thread.ofVirtual().name("lead-" + source).start(this::run);
    }

    /// Ends polling, gives the lease up and returns when that is done, or after a few seconds at most.
    public void stop() throws InterruptedException {
        isStopping = true;
        if (thread != null) {
            thread.interrupt();
            thread.join(STOP_WAIT.plus(ttl));
        }
    }

    public String source() {
        return source;
    }

    /// Whether this instance polls the source.
    public boolean isLeading() {
        return metrics.isLeading();
    }

    /// Whether the loop that competes for the lease, or the one that polls, has not been heard of for
    /// too long.
    public boolean isStuck() {
        return heartbeat.isOverdue() || loop.isStuck();
    }

    /// Whether the loop runs.
    public boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    private void run() {
        while (!isStopping) {
            heartbeat.beat(HEARTBEAT);
            try {
                compete();
            } catch (InterruptedException _) {
                // Only `stop` interrupts, and the condition of the loop sees it.
            } catch (RuntimeException e) {
                LOG.errorf(e, "competing for a lease failed unexpectedly source=%s", source);
                failures++;
            }
        }
        // Also when it is not known to be ours: the answer to the last attempt may have been lost.
        release();
        heartbeat.rest();
    }

    /// One attempt to become leader, with all that follows from it.
    private void compete() throws InterruptedException {
        long asked = ticker.nanos();
        switch (answer(leases.acquire(lease, owner, ttl))) {
            case Held(long fence) -> {
                failures = 0;
                lead(new Tenure(fence, endOfLease(asked), ticker));
                pause(retry);
            }
            case Taken _ -> {
                failures = 0;
                enter(State.STANDBY);
                pause(retry);
            }
            case null -> {
                failures++;
                enter(State.WITHOUT_REDIS);
                pause(backoff.after(failures));
            }
        }
    }

    private void lead(Tenure tenure) throws InterruptedException {
        enter(State.LEADER);
        metrics.leading(true);
        Thread polling = Thread.ofVirtual().name("poll-" + source).start(() -> loop.run(tenure));
        try {
            renewWhile(polling, tenure);
        } finally {
            tenure.end();
            finish(polling);
            metrics.leading(false);
            LOG.infof("this instance no longer polls source=%s", source);
            release();
        }
    }

    /// Returns when the polling thread has ended, or the lease is lost.
    private void renewWhile(Thread polling, Tenure tenure) throws InterruptedException {
        Duration wait = ttl.dividedBy(RENEWALS_PER_TTL);
        while (!polling.join(wait) && tenure.isHeld()) {
            heartbeat.beat(HEARTBEAT);
            long asked = ticker.nanos();
            switch (answer(leases.acquire(lease, owner, ttl))) {
                case Held(long fence)
                when fence == tenure.fence() -> {
                    tenure.prolong(endOfLease(asked));
                    wait = ttl.dividedBy(RENEWALS_PER_TTL);
                }
                // Ours again, but it was lost in between: the new fence needs a new tenure.
                case Held _, Taken _ -> tenure.end();
                case null -> wait = ttl.dividedBy(RETRIES_PER_TTL);
            }
        }
    }

    private long endOfLease(long asked) {
        return asked + ttl.minus(ttl.dividedBy(MARGIN_PER_TTL)).toNanos();
    }

    /// Waits for the polling thread: on a stop for a bounded time, else for as long as it takes, because
    /// a second one beside it would publish every sample twice. Liveness tells when it never ends.
    private void finish(Thread polling) {
        polling.interrupt();
        long deadline = ticker.nanos() + STOP_WAIT.toNanos();
        while (polling.isAlive() && !(isStopping && ticker.nanos() - deadline >= 0)) {
            try {
                polling.join(FINISH_STEP);
            } catch (InterruptedException _) {
                // By `stop`; `isStopping` says so.
            }
        }
    }

    private void release() {
        answer(leases.release(lease, owner));
    }

    /// The answer of Redis, or null when there is none in time. An interruption does not cut the wait
    /// short: a lease that was granted to nobody who listens would be held for its whole ttl.
    private <T> @Nullable T answer(CompletableFuture<T> future) {
        long deadline = ticker.nanos() + ttl.dividedBy(RENEWALS_PER_TTL).toNanos();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return future.get(deadline - ticker.nanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            LOG.debugf(e.getCause(), "no answer about a lease source=%s", source);
            return null;
        } catch (TimeoutException _) {
            return null;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        ticker.sleepUntil(ticker.nanos() + time.toNanos());
    }

    private void enter(State next) {
        if (next != state) {
            LOG.infof("%s source=%s", next.text, source);
        }
        state = next;
    }
}
