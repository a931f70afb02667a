package dev.fanfare.access.grant;

import java.util.Optional;

/// How a token stands in `Authorization` (RFC 6750, section 2.1): `Bearer <token>`.
public final class BearerScheme {

    private static final String PREFIX = "Bearer ";

    private BearerScheme() {}

    /// The token in `credentials`, empty when they are of another scheme. Schemes know no case (RFC 9110, section
    /// 11.1).
    public static Optional<String> tokenIn(String credentials) {
        return credentials.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? Optional.of(credentials.substring(PREFIX.length()).strip())
                : Optional.empty();
    }
}
