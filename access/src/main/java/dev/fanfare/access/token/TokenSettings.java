package dev.fanfare.access.token;

import java.time.Duration;

/// What holds for the tokens of all issuers.
///
/// | component     | unit and range                                                    |
/// |---------------|-------------------------------------------------------------------|
/// | `clockSkew`   | how far the clock of an issuer may be off, 0 to 5 min              |
/// | `maxLifetime` | from issue, or from now if that is not said, to expiry, from 1 s   |
/// | `maxBytes`    | length of a token, 256 to 65536                                    |
public record TokenSettings(Duration clockSkew, Duration maxLifetime, int maxBytes) {}
