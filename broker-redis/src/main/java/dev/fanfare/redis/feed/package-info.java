/// The gateway's supervised intake of live messages from Redis pub/sub.
///
/// Read [RedisChannelFeed], then [FeedLink] for how one connection is kept alive and [Subscriptions] for
/// how it is kept in step with what is wanted. Uses `resp` for connections and `keys` for names.
@NullMarked
package dev.fanfare.redis.feed;

import org.jspecify.annotations.NullMarked;
