package dev.fanfare.contract.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some connections, and how to go on.
///
/// | component     | meaning                                                             |
/// |---------------|---------------------------------------------------------------------|
/// | `connections` | as their gateways have told of them                                 |
/// | `next`        | where the next page begins, or null when this is the end            |
public record ConnectionListing(
        List<ListedConnection> connections, @Nullable ConnectionPlace next) {

    public ConnectionListing {
        connections = List.copyOf(connections);
    }
}
