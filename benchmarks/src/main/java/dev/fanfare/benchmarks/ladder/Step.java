package dev.fanfare.benchmarks.ladder;

/// How far a message goes.
enum Step {
    PLAIN("Redis pub/sub: PUBLISH to a bare subscriber"),
    STORED("publish.lua to a bare subscriber"),
    FEED("publish.lua to RedisChannelFeed"),
    HUB("publish.lua to RedisChannelFeed and the hub, in this process"),
    SOCKET("publish.lua to a WebSocket client of the gateway");

    private final String title;

    Step(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
