package dev.fanfare.access.revocation;

import dev.fanfare.access.token.TokenSettings;
import java.time.Duration;

/// How revocations are followed.
///
/// | component      | unit and range                                                                       |
/// |----------------|--------------------------------------------------------------------------------------|
/// | `interval`     | between two questions for new ones, from 50 ms                                       |
/// | `fullInterval` | between two reads of all of them, from `interval`                                     |
/// | `maxAge`       | how old the last answer may be until nothing is allowed any more, from `interval`     |
/// | `clockSkew`    | how far clocks of issuers may be off                                                  |
/// | `memory`       | how long one is kept: as long as a token may live that was good when it was revoked   |
public record RevocationSettings(
        Duration interval, Duration fullInterval, Duration maxAge, Duration clockSkew, Duration memory) {

    /// The memory follows from the tokens: one that is good now may be issued up to the skew from now, and is
    /// taken until the skew after its end.
    public static RevocationSettings of(
            Duration interval, Duration fullInterval, Duration maxAge, TokenSettings tokens) {
        return new RevocationSettings(
                interval,
                fullInterval,
                maxAge,
                tokens.clockSkew(),
                tokens.maxLifetime().plus(tokens.clockSkew().multipliedBy(2)));
    }
}
