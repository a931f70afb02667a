package dev.fanfare.publisher.issue;

import dev.fanfare.access.capability.Capabilities;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A token that somebody would like to have.
///
/// | component    | meaning, range                                                         |
/// |--------------|-------------------------------------------------------------------------|
/// | `subject`    | `sub`, 1 to 255 characters                                               |
/// | `clientId`   | `clientId`, 1 to 128 characters, null for none                           |
/// | `capability` | what it is to allow                                                     |
/// | `lifetime`   | from 1 s, counted in whole seconds; null for the default                 |
public record TokenOrder(
        String subject,
        @Nullable String clientId,
        Capabilities capability,
        @Nullable Duration lifetime) {}
