package dev.fanfare.redis.resp;

/// What happens on a connection without being asked for. Called on its event loop.
public interface WireEvents {

    /// A message. The array is the receiver's.
    void onMessage(String name, byte[] payload);

    /// A message larger than the limit, which was thrown away.
    void onOversizeMessage(String name, long bytes);

    /// Redis has ended the subscription of `name` by itself.
    void onUnsubscribed(String name);

    /// The connection is gone, not by [RedisWire#close]. Called once, and nothing after it.
    void onClosed(String why);
}
