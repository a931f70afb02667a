/// What Redis knows of channels as a whole: position, history, listeners, and which are active.
///
/// Read [RedisChannelDirectory] first. Uses `script` and `keys`.
@NullMarked
package dev.fanfare.redis.directory;

import org.jspecify.annotations.NullMarked;
