/// What was revoked.
///
/// Read [RedisRevocations], `redis/revocation_add.lua` and `redis/revocation_read.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.revocation;

import org.jspecify.annotations.NullMarked;
