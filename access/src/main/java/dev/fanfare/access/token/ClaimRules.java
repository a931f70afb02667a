package dev.fanfare.access.token;

import dev.fanfare.contract.failure.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/// When a token whose signature is good is taken, and what it says.
final class ClaimRules {

    private static final int MAX_ID_LENGTH = 128;
    private static final int MAX_SUBJECT_LENGTH = 255;
    /// The end of the year 9999: later times overflow sooner or later, and nobody means them.
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final TokenSettings settings;
    private final Clock clock;

    ClaimRules(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Checks `exp`, `nbf`, `iat` and how far they lie apart.
    ///
    /// @return `exp`
    Instant checkTimes(JwtClaims claims) throws MalformedClaimException, RefusedException {
        Instant now = clock.instant();
        Instant expiry = time(claims.getExpirationTime(), "exp");
        Instant start = time(claims.getNotBefore(), "nbf");
        Instant issue = time(claims.getIssuedAt(), "iat");
        if (expiry == null) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_MISSING, "it has no exp");
        }
        if (!now.minus(settings.clockSkew()).isBefore(expiry)) {
            throw new RefusedException(ErrorCode.TOKEN_EXPIRED, "it ended at " + expiry + ", now it is " + now);
        }
        checkBegun(start, "nbf", now);
        checkBegun(issue, "iat", now);
        Instant from = issue == null ? now : issue;
        if (Duration.between(from, expiry).compareTo(settings.maxLifetime()) > 0) {
            throw new RefusedException(
                    ErrorCode.TOKEN_LIFETIME_TOO_LONG,
                    "from " + from + " to " + expiry + " is more than " + settings.maxLifetime());
        }
        return expiry;
    }

    /// When a token that ends at `expiry` was issued, or the earliest that it may have been: whoever revokes
    /// what is older must not miss it because it does not say.
    Instant issuedAt(JwtClaims claims, Instant expiry) throws MalformedClaimException, RefusedException {
        Instant issue = time(claims.getIssuedAt(), "iat");
        return issue == null ? expiry.minus(settings.maxLifetime()) : issue;
    }

    private void checkBegun(@Nullable Instant time, String name, Instant now) throws RefusedException {
        if (time != null && time.isAfter(now.plus(settings.clockSkew()))) {
            throw new RefusedException(
                    ErrorCode.TOKEN_NOT_YET_VALID, "its " + name + " is " + time + ", now it is " + now);
        }
    }

    private static @Nullable Instant time(@Nullable NumericDate date, String name) throws RefusedException {
        if (date == null) {
            return null;
        }
        if (date.getValue() < 0 || date.getValue() > MAX_EPOCH_SECOND) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_INVALID, "its " + name + " is not a time");
        }
        return Instant.ofEpochSecond(date.getValue());
    }

    /// `sub`.
    String subject(JwtClaims claims) throws MalformedClaimException, RefusedException {
        String subject = word(claims.getSubject(), "sub", MAX_SUBJECT_LENGTH);
        if (subject == null) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_MISSING, "it has no sub");
        }
        return subject;
    }

    /// `jti`, if there is one.
    @Nullable
    String id(JwtClaims claims) throws MalformedClaimException, RefusedException {
        return word(claims.getJwtId(), "jti", MAX_ID_LENGTH);
    }

    /// `clientId`, if there is one.
    @Nullable
    String clientId(JwtClaims claims) throws MalformedClaimException, RefusedException {
        return word(claims.getStringClaimValue("clientId"), "clientId", MAX_ID_LENGTH);
    }

    /// `apiKey`, if there is one.
    @Nullable
    String apiKey(JwtClaims claims) throws MalformedClaimException, RefusedException {
        return word(claims.getStringClaimValue("apiKey"), "apiKey", MAX_ID_LENGTH);
    }

    private static @Nullable String word(@Nullable String text, String name, int maxLength) throws RefusedException {
        if (text != null && !Words.isSane(text, maxLength)) {
            throw new RefusedException(
                    ErrorCode.TOKEN_CLAIM_INVALID,
                    "its " + name + " does not have 1 to " + maxLength + " printable characters");
        }
        return text;
    }
}
