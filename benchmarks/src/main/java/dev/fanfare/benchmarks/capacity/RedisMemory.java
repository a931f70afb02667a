package dev.fanfare.benchmarks.capacity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/// What channels and messages take in Redis, from the growth of `used_memory`.
///
/// | component      | unit and meaning                                        |
/// |----------------|---------------------------------------------------------|
/// | `channelBytes` | of a channel beside its messages                        |
/// | `storedBytes`  | of a kept message beside its data                       |
/// | `idBytes`      | of the id of a message, which is remembered for a while |
record RedisMemory(double channelBytes, double storedBytes, double idBytes) {

    private static final int CHANNELS = 1_000;
    private static final int IDS = 20_000;

    /*
     * Three growths, three unknowns:
     *
     *   one message to each of C channels         C (channel + data + stored + id)
     *   then as many more as fill the histories   C (H - 1) (data + stored + id)
     *   then N more to one full channel           N id
     */
    static RedisMemory measure(PublisherOnRedis redis, int history, int dataBytes) throws IOException {
        redis.redis().execute("FLUSHALL", "SYNC");
        var data = RawJson.parse(("\"" + "x".repeat(dataBytes - 2) + "\"").getBytes(UTF_8));
        long empty = used(redis);
        publishToAll(redis, data);
        long one = used(redis);
        for (int i = 1; i < history; i++) {
            publishToAll(redis, data);
        }
        long full = used(redis);
        for (int i = 0; i < IDS; i++) {
            publish(redis, 0, data);
        }
        double id = (double) (used(redis) - full) / IDS;
        double message = (double) (full - one) / CHANNELS / (history - 1);
        double channel = (double) (one - empty) / CHANNELS - message;
        redis.redis().execute("FLUSHALL", "SYNC");
        return new RedisMemory(channel, message - id - dataBytes, id);
    }

    private static void publishToAll(PublisherOnRedis redis, RawJson data) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            publish(redis, channel, data);
        }
    }

    private static void publish(PublisherOnRedis redis, int channel, RawJson data) {
        var message = new Message(
                new Channel("capacity." + channel), UUID.randomUUID().toString(), data, null, null, Instant.now());
        redis.publisher().publish(message).join();
    }

    private static long used(PublisherOnRedis redis) {
        return String.valueOf(redis.redis().execute("INFO", "memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not tell its memory"));
    }
}
