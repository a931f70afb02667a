package dev.fanfare.access.key;

import java.security.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A key that is good for one algorithm.
///
/// | component   | meaning                                          |
/// |-------------|--------------------------------------------------|
/// | `id`        | the `kid` that tokens name it by, null for none  |
/// | `algorithm` | the only one that it checks                      |
/// | `key`       | never printed                                    |
public record VerificationKey(@Nullable String id, SigningAlgorithm algorithm, Key key) {

    /// Without the key, whose own takes as long as encoding it.
    @Override
    public int hashCode() {
        return Objects.hash(id, algorithm);
    }

    @Override
    public String toString() {
        return "VerificationKey[id=" + id + ", algorithm=" + algorithm + "]";
    }
}
