package dev.fanfare.access.apikey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How API keys are followed.
///
/// | component      | unit and range                                                                          |
/// |----------------|-----------------------------------------------------------------------------------------|
/// | `interval`     | between two questions for changes, from 50 ms                                           |
/// | `fullInterval` | between two reads of all of them, from 1 s                                               |
/// | `maxAge`       | how old the last answer may be until no key is taken any more, from 1 s                   |
/// | `adminHash`    | SHA-256 of the secret of [ApiKeys#ADMIN], null when nobody has it                         |
public record ApiKeySettings(
        Duration interval,
        Duration fullInterval,
        Duration maxAge,
        @Nullable String adminHash) {

    /// With the secret of [ApiKeys#ADMIN], or null for none.
    public static ApiKeySettings of(
            Duration interval, Duration fullInterval, Duration maxAge, byte @Nullable [] adminSecret) {
        return new ApiKeySettings(
                interval, fullInterval, maxAge, adminSecret == null ? null : ApiKeyCredential.hash(adminSecret));
    }
}
