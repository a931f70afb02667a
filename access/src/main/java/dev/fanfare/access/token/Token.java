package dev.fanfare.access.token;

import dev.fanfare.access.capability.Capabilities;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a verified token says. Does not hold the token itself.
///
/// | component      | claim        | meaning, range                                                           |
/// |----------------|--------------|--------------------------------------------------------------------------|
/// | `id`           | `jti`        | names it, 1 to 128 characters; without `jti` the hash of what was signed    |
/// | `subject`      | `sub`        | whom it is for, 1 to 255 characters                                        |
/// | `keyId`        | header `kid` | the key it is signed with, if named                                        |
/// | `issuer`       | `iss`        | who signed it                                                              |
/// | `issuedAt`     | `iat`        | when it was issued; without `iat` the earliest time that its end allows    |
/// | `expiresAt`    | `exp`        | when it ends, in whole seconds; it is taken until then and the clock skew  |
/// | `capabilities` | `capability` | what its bearer may do                                                     |
/// | `clientId`     | `clientId`   | as which client its bearer appears, 1 to 128 characters, if bound to one     |
/// | `apiKey`       | `apiKey`     | for which API key it was issued, 1 to 128 characters, if for one             |
public record Token(
        String id,
        String subject,
        @Nullable String keyId,
        String issuer,
        Instant issuedAt,
        Instant expiresAt,
        Capabilities capabilities,
        @Nullable String clientId,
        @Nullable String apiKey) {

    private static final int MAX_SUBJECT_LENGTH = 255;
    private static final int MAX_CLIENT_ID_LENGTH = 128;

    /// Whether `text` can be a subject.
    public static boolean isSubject(String text) {
        return Words.isSane(text, MAX_SUBJECT_LENGTH);
    }

    /// Whether `text` can be a client id.
    public static boolean isClientId(String text) {
        return Words.isSane(text, MAX_CLIENT_ID_LENGTH);
    }
}
