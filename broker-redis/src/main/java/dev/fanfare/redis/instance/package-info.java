/// Which instances of a service are well.
///
/// Read [RedisInstances] and `redis/instance_announce.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.instance;

import org.jspecify.annotations.NullMarked;
