package dev.fanfare.gateway.lifecycle;

import java.time.Duration;
import java.util.Locale;

/// How far this instance is on its way out.
///
/// @param connections that are still open
/// @param rest time that is left at the most; zero unless it is draining
record DrainState(Phase phase, int connections, Duration rest) {

    enum Phase {
        /// It stays.
        SERVING,
        /// It is not ready any more, and still lets clients in.
        ANNOUNCED,
        /// It lets nobody in, and asks everybody to go.
        LEAVING,
        /// Nobody is left, or the time is over.
        DRAINED
    }

    /// `{"state":"leaving","connections":12,"remainingMs":20000}`
    String toJson() {
        return "{\"state\":\"%s\",\"connections\":%d,\"remainingMs\":%d}"
                .formatted(phase.name().toLowerCase(Locale.ROOT), connections, rest.toMillis());
    }
}
