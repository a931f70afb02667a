/// Whether Redis can be used, for readiness.
@NullMarked
package dev.fanfare.redis.health;

import org.jspecify.annotations.NullMarked;
