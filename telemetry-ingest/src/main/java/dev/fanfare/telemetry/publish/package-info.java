/// Samples become messages and go to Redis.
///
/// [SamplePublisher] is all of it. Uses `source` and `contract.broker`.
@NullMarked
package dev.fanfare.telemetry.publish;

import org.jspecify.annotations.NullMarked;
