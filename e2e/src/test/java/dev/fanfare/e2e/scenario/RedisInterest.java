package dev.fanfare.e2e.scenario;

import dev.fanfare.testkit.RedisServer;
import java.util.List;
import java.util.Objects;

/// What somebody is subscribed to at Redis, as `PUBSUB CHANNELS` tells it.
final class RedisInterest {

    private RedisInterest() {}

    static List<String> of(RedisServer redis) {
        var names = (List<?>) Objects.requireNonNull(redis.execute("PUBSUB", "CHANNELS"));
        return names.stream().map(String::valueOf).toList();
    }
}
