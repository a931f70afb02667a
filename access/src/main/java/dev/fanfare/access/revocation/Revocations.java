package dev.fanfare.access.revocation;

import dev.fanfare.access.reading.ReadingLoop;
import dev.fanfare.access.token.Token;
import dev.fanfare.access.token.Verification;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What was revoked, as this instance knows it: asked for again and again on a virtual thread of its own.
///
/// A revocation counts everywhere an interval and one answer of the broker after it was made. Fails closed: while
/// nothing could be read yet, or the last answer is too old, every token is refused. Safe for use from any thread;
/// checks never block.
public final class Revocations implements AutoCloseable {

    /*
     * Why it asks instead of being told
     * ---------------------------------
     * Pub/sub forgets what one did not hear, so an instance would have to read the log again at times in any case,
     * and to prove that it still hears. A question is both: its answer says what is new and that the log can be
     * read. It costs Redis two commands a second and instance, whatever is going on.
     *
     * What was known stays known
     * --------------------------
     * Only its time lets a revocation be forgotten here. One that is missing from the log, after a failover to
     * a replica that had not got it, goes on to count on the instances that have seen it. All are read again
     * every now and then, because such a replica may also have a clock that is behind, and give new revocations
     * serials that were passed already.
     */

    private static final Logger LOG = Logger.getLogger(Revocations.class);

    private final RevocationLog log;
    private final RevocationSettings settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    // Of whoever reads alone.
    private final Map<Long, Revocation> known = new HashMap<>();
    private final Map<Long, Revocation> unannounced = new TreeMap<>();
    private long newest;
    /// Whether `set` lacks something of `known`, be it because a read ended halfway.
    private boolean changed;
    private boolean failing;

    private volatile RevocationSet set = RevocationSet.EMPTY;
    private volatile boolean loaded;
    private volatile long currentAsOf;
    private volatile @Nullable ReadingLoop loop;

    /// Reads nothing by itself.
    Revocations(RevocationLog log, RevocationSettings settings, Clock clock, LongSupplier nanoTime) {
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// Follows `log` from now on.
    public static Revocations of(RevocationLog log, RevocationSettings settings, Clock clock) {
        var revocations = new Revocations(log, settings, clock, System::nanoTime);
        revocations.loop =
                ReadingLoop.start("revocations", revocations::read, settings.interval(), settings.fullInterval());
        return revocations;
    }

    /// Revokes `target` for all instances.
    ///
    /// @param grace how long its bearers have to get a new token, from 0
    /// @return completes when it is stored; fails as [RevocationLog#revoke] does
    public CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace) {
        return log.revoke(target, grace, settings.memory());
    }

    /// Why `token` must not be taken, or empty if it may.
    public Optional<Verification.Refused> check(Token token) {
        if (!isCurrent()) {
            return Optional.of(new Verification.Refused(
                    ErrorCode.REVOCATIONS_UNKNOWN, "what was revoked cannot be read at the moment"));
        }
        return set.holds(token, clock.instant())
                ? Optional.of(new Verification.Refused(ErrorCode.TOKEN_REVOKED, "it was revoked"))
                : Optional.empty();
    }

    /// Why `token` must not be used on `channel`, or empty if it may as far as revocations go.
    public Optional<Verification.Refused> check(Token token, Channel channel) {
        Optional<Verification.Refused> refused = check(token);
        if (refused.isPresent()) {
            return refused;
        }
        return set.holds(token, channel, clock.instant())
                ? Optional.of(new Verification.Refused(
                        ErrorCode.TOKEN_REVOKED, "what it allows on " + channel + " was revoked"))
                : Optional.empty();
    }

    /// Whether the log was read lately enough to decide.
    public boolean isCurrent() {
        return loaded && nanoTime.getAsLong() - currentAsOf <= settings.maxAge().toNanos();
    }

    /// Time since the log was last read; empty before it was read once.
    public Optional<Duration> age() {
        return loaded ? Optional.of(Duration.ofNanos(nanoTime.getAsLong() - currentAsOf)) : Optional.empty();
    }

    /// Whether `revocation` is about `token`, be it as a whole or on some channels.
    public boolean means(Revocation revocation, Token token) {
        return RevocationSet.means(revocation, token, settings.clockSkew());
    }

    /// Calls `listener` with every revocation when it takes effect here, on the thread that reads them. It must
    /// not block.
    public void onEffective(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    /// Asks once, for all or for what is new, and tells what has taken effect. Not for two threads at a time.
    ///
    /// @return whether the log answered
    boolean read(boolean full) {
        // What is revoked after this moment may be missing from the answer.
        long asOf = nanoTime.getAsLong();
        boolean good = load(full ? 0 : newest);
        if (good) {
            currentAsOf = asOf;
            loaded = true;
        }
        announce();
        return good;
    }

    private boolean load(long after) {
        try {
            readPages(after);
            if (failing) {
                failing = false;
                LOG.info("revocations can be read again");
            }
            return true;
        } catch (RuntimeException e) {
            // Once per outage. The loop must go on whatever it is: without it every token would be refused.
            LOG.logf(
                    failing ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "revocations cannot be read, tokens will be refused error=%s",
                    e.getMessage());
            failing = true;
            return false;
        } finally {
            useWhatIsKnown();
        }
    }

    private void readPages(long after) {
        long last = after;
        List<Revocation> page;
        do {
            page = BrokerAnswer.await(log.since(last, RevocationLog.MAX_LIMIT));
            for (Revocation each : page) {
                learn(each);
                last = each.serial();
            }
        } while (page.size() == RevocationLog.MAX_LIMIT);
    }

    private void useWhatIsKnown() {
        changed |= known.values().removeIf(this::isOver);
        if (changed) {
            set = new RevocationSet(known.values(), settings.clockSkew());
            changed = false;
        }
    }

    private void learn(Revocation revocation) {
        newest = Math.max(newest, revocation.serial());
        if (!isOver(revocation) && known.putIfAbsent(revocation.serial(), revocation) == null) {
            unannounced.put(revocation.serial(), revocation);
            changed = true;
        }
    }

    /// A little later than by the broker's clock, which may be ahead of this one or behind it.
    private boolean isOver(Revocation revocation) {
        return revocation.until().plus(settings.clockSkew()).isBefore(clock.instant());
    }

    private void announce() {
        Instant now = clock.instant();
        for (Iterator<Revocation> each = unannounced.values().iterator(); each.hasNext(); ) {
            Revocation revocation = each.next();
            if (!revocation.effectiveAt().isAfter(now)) {
                each.remove();
                tell(revocation);
            }
        }
    }

    private void tell(Revocation revocation) {
        for (Consumer<Revocation> listener : listeners) {
            try {
                listener.accept(revocation);
            } catch (RuntimeException e) {
                LOG.errorf(e, "a revocation was not heard serial=%d", revocation.serial());
            }
        }
    }

    /// Stops reading. From the greatest age on every token is refused.
    @Override
    public void close() {
        ReadingLoop reading = loop;
        if (reading != null) {
            reading.close();
        }
    }
}
