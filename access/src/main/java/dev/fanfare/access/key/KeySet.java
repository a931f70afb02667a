package dev.fanfare.access.key;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of an issuer at one moment; not two with the same id and algorithm.
public record KeySet(List<VerificationKey> keys) {

    /// Before the first successful load.
    public static final KeySet EMPTY = new KeySet(List.of());

    public KeySet {
        keys = List.copyOf(keys);
        long distinct =
                keys.stream().map(k -> k.algorithm() + " " + k.id()).distinct().count();
        if (distinct < keys.size()) {
            throw new IllegalArgumentException("two keys have the same id and algorithm");
        }
    }

    /// The key that a token with this `kid` and `alg` names. One without `kid` names the only key of its
    /// algorithm; if there are several it names none. A secret without id is meant whatever the `kid`.
    public Optional<VerificationKey> find(@Nullable String id, SigningAlgorithm algorithm) {
        List<VerificationKey> fitting = keys.stream()
                .filter(key -> key.algorithm() == algorithm)
                .filter(key -> id == null || id.equals(key.id()) || isNamelessSecret(key))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean isNamelessSecret(VerificationKey key) {
        return key.algorithm().isSymmetric() && key.id() == null;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
