package dev.fanfare.access.apikey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.access.reading.ReadingLoop;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.failure.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The API keys, as this instance knows them: asked for again and again on a virtual thread of its own.
///
/// A key that is disabled is refused everywhere an interval and one answer of the broker later. Fails closed: while
/// nothing could be read yet, or the last answer is too old, every key but [#ADMIN] is refused. Safe for use from any
/// thread; admitting never blocks.
public final class ApiKeys implements AutoCloseable {

    /*
     * The newest version counts
     * -------------------------
     * A failover may lose the last change of a key. An instance that has seen the key disabled goes on to refuse it,
     * because the version that Redis has then is older. A key that is missing from Redis altogether is dropped at the
     * next read of all, unless it was learnt while that read was under way.
     */

    /// The id of the key whose secret is in a file, which is there before all others and may make them.
    public static final String ADMIN = "admin";

    /// Why a key may be refused.
    static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.API_KEY_INVALID, ErrorCode.API_KEY_DISABLED, ErrorCode.API_KEYS_UNKNOWN);

    private static final Capabilities ADMINISTRATION =
            Capabilities.of(Map.of(new ChannelPattern("*"), Set.of(Operation.ADMIN)));
    private static final String NOBODYS_HASH = "-".repeat(64);

    private static final Logger LOG = Logger.getLogger(ApiKeys.class);

    private record Known(ApiKey key, Capabilities capabilities, long learntAt) {

        Known orNewer(Known other) {
            return other.key.version() >= key.version() ? other : this;
        }
    }

    private final ApiKeyStore store;
    private final ApiKeySettings settings;
    private final LongSupplier nanoTime;
    private final Consumer<ErrorCode> onRefused;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    // Of whoever reads alone.
    private long newest;
    private boolean failing;

    private volatile boolean loaded;
    private volatile long currentAsOf;
    private volatile @Nullable ReadingLoop loop;

    /// Reads nothing by itself.
    ApiKeys(ApiKeyStore store, ApiKeySettings settings, LongSupplier nanoTime, Consumer<ErrorCode> onRefused) {
        this.store = store;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.onRefused = onRefused;
    }

    /// Follows `store` from now on.
    ///
    /// @param onRefused hears of each key that is refused, and why; must not block
    public static ApiKeys of(ApiKeyStore store, ApiKeySettings settings, Consumer<ErrorCode> onRefused) {
        var keys = new ApiKeys(store, settings, System::nanoTime, onRefused);
        keys.loop = ReadingLoop.start("api-keys", keys::read, settings.interval(), settings.fullInterval());
        return keys;
    }

    /// What the holder of `credential` may do. Who does not know the secret learns nothing of the key but its
    /// id, which is none.
    public Verdict admit(ApiKeyCredential credential) {
        Verdict verdict = verdict(credential);
        if (verdict instanceof Verdict.Refused(ErrorCode code, String _)) {
            onRefused.accept(code);
        }
        return verdict;
    }

    private Verdict verdict(ApiKeyCredential credential) {
        if (credential.id().equals(ADMIN)) {
            return matches(credential, settings.adminHash())
                    ? new Verdict.Granted(Grant.ofKey(ADMIN, ADMINISTRATION))
                    : invalid();
        }
        Known key = known.get(credential.id());
        boolean isRight = matches(credential, key == null ? null : key.key().secretHash());
        if (!isCurrent()) {
            return new Verdict.Refused(
                    ErrorCode.API_KEYS_UNKNOWN, "which API keys there are cannot be read at the moment");
        }
        if (key == null || !isRight) {
            return invalid();
        }
        return key.key().isEnabled()
                ? new Verdict.Granted(Grant.ofKey(credential.id(), key.capabilities()))
                : new Verdict.Refused(ErrorCode.API_KEY_DISABLED, "it was disabled");
    }

    private static Verdict invalid() {
        return new Verdict.Refused(ErrorCode.API_KEY_INVALID, "there is no such key with this secret");
    }

    /// In a time that tells nothing: neither where the texts differ nor whether there is a key.
    private static boolean matches(ApiKeyCredential credential, @Nullable String hash) {
        byte[] expected = (hash == null ? NOBODYS_HASH : hash).getBytes(US_ASCII);
        return MessageDigest.isEqual(credential.secretHash().getBytes(StandardCharsets.US_ASCII), expected)
                && hash != null;
    }

    /// Whether the store was read lately enough to decide.
    public boolean isCurrent() {
        return loaded && nanoTime.getAsLong() - currentAsOf <= settings.maxAge().toNanos();
    }

    /// Takes notice of a key that was made or changed by this instance.
    public void learn(ApiKey key) {
        known.merge(key.id(), new Known(key, capabilities(key), nanoTime.getAsLong()), Known::orNewer);
    }

    private static Capabilities capabilities(ApiKey key) {
        try {
            return Capabilities.parse(key.capability().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalCapabilityException e) {
            LOG.errorf(
                    "an API key may do nothing, its capability cannot be read apiKey=%s error=%s",
                    key.id(), e.getMessage());
            return Capabilities.NONE;
        }
    }

    /// Asks once, for all or for what has changed. Not for two threads at a time.
    ///
    /// @return whether the store answered
    boolean read(boolean full) {
        // What is disabled after this moment may be missing from the answer.
        long asOf = nanoTime.getAsLong();
        try {
            if (full) {
                Set<String> present = ConcurrentHashMap.newKeySet();
                readPages(0, present);
                known.values()
                        .removeIf(key -> key.learntAt() < asOf
                                && !present.contains(key.key().id()));
            } else {
                readPages(newest, ConcurrentHashMap.newKeySet());
            }
        } catch (RuntimeException e) {
            // Once per outage. The loop must go on whatever it is: without it every key would be refused.
            LOG.logf(
                    failing ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "API keys cannot be read, they will be refused error=%s",
                    e.getMessage());
            failing = true;
            return false;
        }
        if (failing) {
            failing = false;
            LOG.info("API keys can be read again");
        }
        currentAsOf = asOf;
        loaded = true;
        return true;
    }

    private void readPages(long after, Set<String> present) {
        long last = after;
        int read;
        do {
            var page = BrokerAnswer.await(store.changedSince(last, ApiKeyStore.MAX_LIMIT));
            for (ApiKey key : page) {
                learn(key);
                present.add(key.id());
                last = key.version();
                newest = Math.max(newest, last);
            }
            read = page.size();
        } while (read == ApiKeyStore.MAX_LIMIT);
    }

    /// Stops reading. From the greatest age on every key is refused.
    @Override
    public void close() {
        ReadingLoop reading = loop;
        if (reading != null) {
            reading.close();
        }
    }
}
