/// Puts messages into channels.
///
/// Read [RedisPublisher] and `redis/publish.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.publish;

import org.jspecify.annotations.NullMarked;
