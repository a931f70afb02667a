/// The layout of everything in Redis: keys, pub/sub names, partitions and hash slots.
///
/// Read [RedisKeys] first. Nothing else concatenates a key. The layout is described for users of
/// `redis-cli` in `docs/reference/redis-layout.md`. Uses `contract.channel`.
@NullMarked
package dev.fanfare.redis.keys;

import org.jspecify.annotations.NullMarked;
