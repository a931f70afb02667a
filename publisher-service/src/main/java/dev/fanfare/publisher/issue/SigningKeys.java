package dev.fanfare.publisher.issue;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys;
import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of the folder, read again and again on a virtual thread of its own: one is active and signs, the
/// others are retiring and only check. All of them are public in Redis. Safe for use from any thread; questions
/// never block.
final class SigningKeys implements AutoCloseable {

    /*
     * Which one signs
     * ---------------
     * A key that signs before everybody can check it costs clients their tokens. So it signs only when it has been up
     * in Redis for the publish-ahead, by the clock of Redis, as it is in this folder: then every instance chooses alike
     * at about the same time, also one that has just started. A file that has another key on another instance never
     * gets that old, because the two push each other off the board. If no key is old enough, the one that is public the
     * longest signs: the first of an installation signs at once.
     *
     * What goes from the folder is taken down from the board at once; an instance whose folder still has it puts it up
     * again, until its folder has followed. What nobody renews comes down when the last token has ended.
     */

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final PublicKeys NOTHING = new PublicKeys(Instant.EPOCH, List.of());

    private final @Nullable SigningFolder folder;
    private final PublicKeyBoard board;
    private final IssueSettings settings;

    // Of the thread that reads, after the construction.
    private List<SigningKey> keys = List.of();
    private final Set<String> announced = new HashSet<>();
    private boolean isFolderBad;
    private boolean isBoardAway;

    private volatile @Nullable SigningKey active;
    private volatile PublicKeys published = NOTHING;
    private volatile int size;
    private volatile @Nullable Thread thread;

    /// Reads the folder, and nothing more by itself.
    ///
    /// @throws IllegalTokensConfigException if the folder is set and cannot be used
    SigningKeys(PublicKeyBoard board, IssueSettings settings) {
        this.folder = settings.folder() == null ? null : new SigningFolder(settings.folder());
        this.board = board;
        this.settings = settings;
        if (folder != null) {
            try {
                keys = folder.read();
                size = keys.size();
            } catch (UnusableKeyException e) {
                throw new IllegalTokensConfigException("signing-folder", String.valueOf(e.getMessage()));
            }
            if (settings.activeKey() != null && keys.stream().noneMatch(this::isPreferred)) {
                throw new IllegalTokensConfigException("active-key", "the folder has no such key");
            }
        }
    }

    /// Follows the folder from now on.
    static SigningKeys of(PublicKeyBoard board, IssueSettings settings) {
        var signing = new SigningKeys(board, settings);
        if (signing.folder != null) {
            signing.thread = Thread.ofVirtual().name("signing-keys").start(signing::run);
        }
        return signing;
    }

    /// The key that signs; empty when there is none, or none is public yet.
    Optional<SigningKey> active() {
        return Optional.ofNullable(active);
    }

    /// The key set (RFC 7517) by which tokens of all instances can be checked.
    String keySet() {
        return published.keys().stream().map(PublicKey::jwk).collect(joining(",", "{\"keys\":[", "]}"));
    }

    /// How many keys the folder has.
    int size() {
        return size;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                Thread.sleep(settings.refreshInterval());
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /// Looks into the folder, puts its keys up and chooses one. Not for two threads at a time.
    void round() {
        readFolder();
        try {
            putUp();
        } catch (RuntimeException e) {
            // Once per outage. The loop must go on whatever it is: without it no key would ever follow.
            LOG.logf(
                    isBoardAway ? Logger.Level.DEBUG : Logger.Level.WARN,
                    "public keys cannot be put up in Redis error=%s",
                    e.getMessage());
            isBoardAway = true;
            return;
        }
        isBoardAway = false;
        choose();
    }

    private void readFolder() {
        if (folder == null) {
            return;
        }
        try {
            keys = folder.read();
            size = keys.size();
            isFolderBad = false;
        } catch (UnusableKeyException e) {
            LOG.logf(
                    isFolderBad ? Logger.Level.DEBUG : Logger.Level.ERROR,
                    "the folder of signing keys cannot be used, the last good ones stay error=%s",
                    e.getMessage());
            isFolderBad = true;
        }
    }

    private void putUp() {
        Set<String> present = keys.stream().map(SigningKey::id).collect(Collectors.toSet());
        for (String gone : List.copyOf(announced)) {
            if (!present.contains(gone)) {
                BrokerAnswer.await(board.withdraw(gone));
                announced.remove(gone);
                LOG.infof("a signing key was withdrawn kid=%s", gone);
            }
        }
        for (SigningKey key : keys) {
            BrokerAnswer.await(board.announce(key.id(), key.publicJwk(), settings.keyMemory()));
            announced.add(key.id());
        }
        published = BrokerAnswer.await(board.publicKeys());
    }

    private void choose() {
        List<SigningKey> good = oldEnough();
        SigningKey last = good.isEmpty() ? null : good.getLast();
        SigningKey chosen = good.stream().filter(this::isPreferred).findFirst().orElse(last);
        SigningKey before = active;
        if (chosen != null && (before == null || !before.id().equals(chosen.id()))) {
            LOG.infof("tokens are signed with another key kid=%s", chosen.id());
        }
        active = chosen;
    }

    /// The keys that have been public for long enough, or if none has, those that have been the longest.
    private List<SigningKey> oldEnough() {
        Instant longAgo = published.now().minus(settings.publishAhead());
        Instant first = keys.stream()
                .flatMap(key -> publicSince(key).stream())
                .min(Comparator.naturalOrder())
                .orElse(longAgo);
        Instant latest = first.isAfter(longAgo) ? first : longAgo;
        return keys.stream()
                .filter(key ->
                        publicSince(key).filter(since -> !since.isAfter(latest)).isPresent())
                .toList();
    }

    /// Since when `key` is public as it is in the folder.
    private Optional<Instant> publicSince(SigningKey key) {
        return published.keys().stream()
                .filter(one -> one.id().equals(key.id()) && one.jwk().equals(key.publicJwk()))
                .map(PublicKey::since)
                .findFirst();
    }

    private boolean isPreferred(SigningKey key) {
        return key.id().equals(settings.activeKey());
    }

    /// Stops reading; what is public stays so for its time.
    @Override
    public void close() {
        Thread reading = thread;
        if (reading != null) {
            reading.interrupt();
        }
    }
}
