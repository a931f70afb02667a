package dev.fanfare.contract.broker;

import java.time.Instant;

/// A revocation as it is kept. All times are by the clock of the broker, in milliseconds.
///
/// | component     | meaning                                                                               |
/// |---------------|---------------------------------------------------------------------------------------|
/// | `serial`      | from 1, greater than those of all revocations before it                               |
/// | `target`      | what is revoked                                                                       |
/// | `madeAt`      | when; tokens issued later are not meant, but for a token that is revoked by its own id |
/// | `effectiveAt` | from when on: `madeAt`, or later where there is a grace                               |
/// | `until`       | when it may be forgotten, because no token that it meant is good any more              |
public record Revocation(long serial, RevocationTarget target, Instant madeAt, Instant effectiveAt, Instant until) {}
