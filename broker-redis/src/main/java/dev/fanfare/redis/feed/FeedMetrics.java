package dev.fanfare.redis.feed;

import java.time.Duration;

/// What happens in the feed, for whoever counts it.
///
/// A service that wants the numbers provides a bean; without one they are not counted. Called on the
/// event loops of the connections, from several at a time; must not block.
public interface FeedMetrics {

    /// So many connections are to deliver from now on; 0 once the feed is closed. In a cluster one to each primary, and
    /// one more while a part of the channels has none.
    void expected(int connections);

    /// A connection delivers: everything is subscribed and its test message has come back.
    void live();

    /// A connection that was live is so no more.
    void lost(LossReason reason);

    /// An attempt to connect has failed.
    void connectFailed();

    /// All `channels` of a connection are subscribed, `took` after it was opened.
    void resubscribed(int channels, Duration took);

    /// The number of channels of interest has grown by `change`.
    void interestChanged(int change);

    /// A message of `bytes` has come in.
    void received(int bytes);

    /// A message under one of our names was dropped because it is not what `publish.lua` announces, or too large.
    void malformed();

    /// The listener has thrown an exception.
    void listenerFailed();

    /// Redis has answered a probe.
    void answered(Duration latency);

    /// A test message has come back.
    void echoed(Duration latency);
}
