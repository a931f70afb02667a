/// What the services may ask of Redis, and what they may rely on.
///
/// Read [MessagePublisher] and [ChannelFeed] first. `broker-redis` implements these interfaces for real,
/// `testkit` in memory; both pass the same contract tests. Uses `channel` and `message`.
@NullMarked
package dev.fanfare.contract.broker;

import org.jspecify.annotations.NullMarked;
