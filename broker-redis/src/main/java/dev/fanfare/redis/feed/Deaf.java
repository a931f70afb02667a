package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.WireEvents;

/// For a connection on which nothing happens by itself.
enum Deaf implements WireEvents {
    INSTANCE;

    @Override
    public void onMessage(String name, byte[] payload) {}

    @Override
    public void onOversizeMessage(String name, long bytes) {}

    @Override
    public void onUnsubscribed(String name) {}

    @Override
    public void onClosed(String why) {}
}
