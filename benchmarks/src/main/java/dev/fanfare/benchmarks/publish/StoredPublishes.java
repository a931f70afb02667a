package dev.fanfare.benchmarks.publish;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.testkit.RespClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a Redis that was empty before holds after so many publishes: a rate counts only when every one
/// of them was stored.
///
/// | component | meaning                                                                     |
/// |-----------|-----------------------------------------------------------------------------|
/// | `offsets` | sum of the newest offsets of the channels: publishes that were stored       |
/// | `entries` | sum of the lengths of the streams                                           |
/// | `ids`     | message ids that Redis remembers                                            |
record StoredPublishes(long offsets, long entries, long ids) {

    /// What is there now in `channels`, and in no other.
    static StoredPublishes read(RespClient redis, RedisKeys keys, List<Channel> channels) throws IOException {
        long offsets = 0;
        long entries = 0;
        long others = 0;
        Set<String> indexes = new HashSet<>();
        for (Channel channel : channels) {
            offsets += number(redis.execute("HGET", keys.meta(channel), "o"));
            entries += number(redis.execute("XLEN", keys.stream(channel)));
            others += number(redis.execute("EXISTS", keys.meta(channel), keys.stream(channel)));
            indexes.add(keys.channels(Partition.of(channel)));
        }
        for (String index : indexes) {
            others += number(redis.execute("EXISTS", index));
        }
        return new StoredPublishes(offsets, entries, number(redis.execute("DBSIZE")) - others);
    }

    private static long number(@Nullable Object reply) {
        return reply == null ? 0 : Long.parseLong(reply.toString());
    }

    /// What must be there after `messages` publishes, each with an id of its own, spread over
    /// `channels` that keep `history` messages each.
    static StoredPublishes expected(int messages, int channels, int history) {
        int longer = messages % channels;
        long entries = (long) longer * Math.min(history, messages / channels + 1)
                + (long) (channels - longer) * Math.min(history, messages / channels);
        return new StoredPublishes(messages, entries, messages);
    }
}
