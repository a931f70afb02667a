/// Reads what channels have stored.
///
/// Read [RedisHistory] and `redis/history_read.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.history;

import org.jspecify.annotations.NullMarked;
