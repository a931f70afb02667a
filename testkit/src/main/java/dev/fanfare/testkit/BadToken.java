package dev.fanfare.testkit;

import java.time.Clock;
import java.time.Instant;

/// What can be wrong with a token, and what a service that knows its issuer has to say to it.
public enum BadToken {
    EXPIRED("token-expired", 40108),
    FORGED("token-signature-invalid", 40106),
    UNSIGNED("token-algorithm-refused", 40104),
    GARBAGE("token-malformed", 40101),
    FOREIGN("token-issuer-unknown", 40103);

    private final String slug;
    private final int code;

    BadToken(String slug, int code) {
        this.slug = slug;
        this.code = code;
    }

    /// The name of the error.
    public String slug() {
        return slug;
    }

    /// The number of the error.
    public int code() {
        return code;
    }

    /// `draft` with this fault. A service has to have no clock skew to see that it is expired.
    public String of(Tokens.Draft draft) {
        Instant now = Clock.systemUTC().instant();
        Instant soon = now.plusSeconds(60);
        return switch (this) {
            case EXPIRED -> draft.until(now.minusSeconds(2));
            case FORGED -> draft.forgedUntil(soon);
            case UNSIGNED -> draft.unsignedUntil(soon);
            case GARBAGE -> "rubbish";
            case FOREIGN -> Tokens.issuedBy("others").forSubject("alice").until(soon);
        };
    }
}
