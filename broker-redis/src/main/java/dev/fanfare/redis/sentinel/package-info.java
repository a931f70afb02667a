/// What the Sentinels say, for the feed and for commands alike, which speak to them over clients of their own.
///
/// Read [SentinelAnswer]. Uses nothing.
@NullMarked
package dev.fanfare.redis.sentinel;

import org.jspecify.annotations.NullMarked;
