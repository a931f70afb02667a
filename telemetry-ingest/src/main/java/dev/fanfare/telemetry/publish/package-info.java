/// Samples become messages and go to Redis.
///
/// Read [SamplePublisher]; [Bookmark] finds where a stream of events was left off. Uses `source` and `contract.broker`.
@NullMarked
package dev.fanfare.telemetry.publish;

import org.jspecify.annotations.NullMarked;
