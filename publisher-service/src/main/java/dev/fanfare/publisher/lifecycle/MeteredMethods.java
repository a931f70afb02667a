package dev.fanfare.publisher.lifecycle;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/// Keeps methods that clients make up out of `http.server.requests`: each would be a meter that stays for ever.
///
/// Such a request is answered with 405 and not measured. To give them all one name instead would not do: the registry
/// remembers every name that it was asked for.
final class MeteredMethods {

    private static final String REQUESTS = "http.server.requests";
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    private MeteredMethods() {}

    @Produces
    @Singleton
    static MeterFilter knownMethods() {
        return MeterFilter.deny(id -> id.getName().equals(REQUESTS) && !KNOWN.contains(id.getTag("method")));
    }
}
