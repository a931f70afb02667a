/// API keys, and the public keys of those who sign tokens.
///
/// Read [RedisApiKeys] first. Uses `keys` and `script`.
@NullMarked
package dev.fanfare.redis.apikey;

import org.jspecify.annotations.NullMarked;
