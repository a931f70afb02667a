package dev.fanfare.contract.broker;

import java.time.Duration;

/// The answer to one attempt to take a lease.
public sealed interface LeaseOutcome {

    /// The caller owns the lease. `fence` stays the same while it is prolonged and is greater than
    /// that of every earlier owner; publishing with it shuts earlier owners out.
    record Held(long fence) implements LeaseOutcome {}

    /// Somebody else owns it, for at most `remaining`.
    record Taken(Duration remaining) implements LeaseOutcome {}
}
