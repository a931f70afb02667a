package dev.fanfare.access.key;

import dev.fanfare.contract.broker.PublicKeyBoard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of an issuer that publishes a key set, read again and again on a virtual thread of its own.
///
/// A set that cannot be read or used changes nothing: the last good one stays, for as long as it takes.
public final class RefreshedKeys implements IssuerKeys {

    /*
     * One thread, one round
     * ---------------------
     *   wait (until due, or somebody asks and the last round is long enough ago) → read → tell those who asked
     *
     * `round` is the future of the round that is waited for or under way. Who asks while a round is under
     * way joins it: the source may have answered before it had the new key, and then the next who asks, a
     * little later, gets it. The first round begins with the object, so that a token which comes before
     * the first set waits for it instead of being refused.
     */

    /// Most tokens that wait for one round; each holds its text, so this bounds the memory that tokens with
    /// made-up keys can take.
    static final int MAX_WAITING = 1000;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    private static final Logger LOG = Logger.getLogger(RefreshedKeys.class);

    private final String issuer;
    private final KeySource source;
    private final Set<SigningAlgorithm> algorithms;
    private final RefreshLimits limits;
    private final RandomGenerator random;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private @Nullable CompletableFuture<Boolean> round = new CompletableFuture<>();
    private int waiting;
    private boolean wanted;
    private long lastRoundAt;
    private boolean closed;

    private volatile KeySet current = KeySet.EMPTY;
    private volatile @Nullable Long readAt;
    private volatile boolean answered;
    // Of the thread alone.
    private int failures;

    private RefreshedKeys(
            String issuer,
            KeySource source,
            Set<SigningAlgorithm> algorithms,
            RefreshLimits limits,
            RandomGenerator random) {
        this.issuer = issuer;
        this.source = source;
        this.algorithms = Set.copyOf(algorithms);
        this.limits = limits;
        this.random = random;
        this.thread = Thread.ofVirtual().name("keys-" + issuer).unstarted(this::run);
    }

    /// Keys from a URL. The first read begins at once.
    ///
    /// @param issuer for the log
    public static RefreshedKeys fromUrl(
            String issuer, URI uri, Set<SigningAlgorithm> algorithms, RefreshLimits limits, RandomGenerator random) {
        return started(issuer, new HttpSource(uri, limits.timeout()), algorithms, limits, random);
    }

    /// Keys from a file. The first read begins at once.
    ///
    /// @param issuer for the log
    public static RefreshedKeys fromFile(
            String issuer, Path path, Set<SigningAlgorithm> algorithms, RefreshLimits limits, RandomGenerator random) {
        return started(issuer, new FileSource(path), algorithms, limits, random);
    }

    /// Keys that this installation signs with itself. The first read begins at once.
    ///
    /// @param issuer for the log
    public static RefreshedKeys fromBoard(
            String issuer,
            PublicKeyBoard board,
            Set<SigningAlgorithm> algorithms,
            RefreshLimits limits,
            RandomGenerator random) {
        return started(issuer, new BoardSource(board), algorithms, limits, random);
    }

    static RefreshedKeys started(
            String issuer,
            KeySource source,
            Set<SigningAlgorithm> algorithms,
            RefreshLimits limits,
            RandomGenerator random) {
        var keys = new RefreshedKeys(issuer, source, algorithms, limits, random);
        keys.thread.start();
        return keys;
    }

    @Override
    public KeySet current() {
        return current;
    }

    @Override
    public Optional<Duration> age() {
        Long at = readAt;
        return at == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - at));
    }

    @Override
    public CompletionStage<Boolean> newer() {
        lock.lock();
        try {
            if (closed || waiting >= MAX_WAITING) {
                return CompletableFuture.completedFuture(false);
            }
            if (round == null) {
                if (System.nanoTime() - lastRoundAt
                        < limits.unknownKeyInterval().toNanos()) {
                    return CompletableFuture.completedFuture(answered);
                }
                round = new CompletableFuture<>();
                wanted = true;
                asked.signal();
            }
            waiting++;
            return round;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean good = load();
                finishRound(good);
                if (!awaitNext(good ? jittered(limits.interval()) : backoff())) {
                    finishRound(false);
                    return;
                }
            }
        } catch (InterruptedException _) {
            finishRound(false);
        }
    }

    private boolean load() throws InterruptedException {
        try {
            KeySet read = Jwks.read(source.read(), algorithms);
            if (!read.equals(current)) {
                LOG.infof("keys read issuer=%s keys=%s", issuer, read.keys());
            } else if (failures > 0) {
                LOG.infof("keys can be read again issuer=%s", issuer);
            }
            current = read;
            readAt = System.nanoTime();
            failures = 0;
            return true;
        } catch (IOException | UnusableKeysException e) {
            warn(e);
        } catch (RuntimeException e) {
            // The loop must not die: without it a rotated key would never be found.
            warn(e);
        }
        failures++;
        return false;
    }

    private void warn(Exception e) {
        // Once per outage: backing off, it would otherwise be once a minute for each instance.
        Logger.Level level = failures == 0 ? Logger.Level.WARN : Logger.Level.DEBUG;
        LOG.logf(level, "keys cannot be read, the last good ones stay issuer=%s error=%s", issuer, e.getMessage());
    }

    /// Those who waited go on elsewhere, so that this thread reads keys and does nothing else.
    private void finishRound(boolean good) {
        CompletableFuture<Boolean> finished;
        lock.lock();
        try {
            finished = round;
            round = null;
            waiting = 0;
            wanted = false;
            answered = good;
            lastRoundAt = System.nanoTime();
        } finally {
            lock.unlock();
        }
        if (finished != null) {
            Thread.ofVirtual().start(() -> finished.complete(good));
        }
    }

    private boolean awaitNext(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !wanted && !closed) {
                left = asked.awaitNanos(left);
            }
            if (round == null) {
                round = new CompletableFuture<>();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private Duration backoff() {
        Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 6));
        Duration capped = doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : MAX_BACKOFF;
        return jittered(capped.compareTo(limits.interval()) < 0 ? capped : limits.interval());
    }

    private Duration jittered(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    /// Whether the thread that reads still runs.
    boolean isReading() {
        return thread.isAlive();
    }
}
