package dev.fanfare.access.token;

import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.SigningAlgorithm;
import java.util.Set;

/// Somebody whose tokens are taken.
///
/// | component    | meaning                                        |
/// |--------------|------------------------------------------------|
/// | `issuer`     | what `iss` must be, exactly                     |
/// | `audience`   | what `aud` must be or have among its values     |
/// | `algorithms` | those that its tokens may be signed with        |
/// | `keys`       | closed with the verifier                        |
public record TrustedIssuer(String issuer, String audience, Set<SigningAlgorithm> algorithms, IssuerKeys keys) {

    public TrustedIssuer {
        algorithms = Set.copyOf(algorithms);
    }
}
