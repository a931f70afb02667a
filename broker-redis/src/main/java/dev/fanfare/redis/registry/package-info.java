/// Which connections the gateways hold, and which are to be closed.
///
/// Read [RedisConnections] and `redis/connection_report.lua`. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.registry;

import org.jspecify.annotations.NullMarked;
