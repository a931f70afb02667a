/// Named leases, for work that one process at a time may do.
///
/// Read [RedisLease] and `redis/lease_acquire.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.lease;

import org.jspecify.annotations.NullMarked;
