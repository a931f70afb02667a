package dev.fanfare.redis.directory;

import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads with `channel_status.lua` and `channel_list.lua`.
///
/// A listing goes from partition to partition, some at a time, and stops when it has enough.
public final class RedisChannelDirectory implements ChannelDirectory {

    private static final int PARTITIONS_AT_A_TIME = 16;
    private static final int PARTS_OF_A_CHANNEL = 5;

    private final ScriptRunner scripts;
    private final RedisKeys keys;
    private final String countCommand;

    /// @param sharded whether announcements are made by `SPUBLISH`
    public RedisChannelDirectory(ScriptRunner scripts, RedisKeys keys, boolean sharded) {
        this.scripts = scripts;
        this.keys = keys;
        this.countCommand = sharded ? "SHARDNUMSUB" : "NUMSUB";
    }

    @Override
    public CompletableFuture<ChannelStatus> status(Channel channel) {
        return scripts.run(
                        LuaScript.CHANNEL_STATUS,
                        List.of(keys.meta(channel), keys.stream(channel)),
                        List.of(keys.announcement(channel), countCommand))
                .thenApply(reply -> statusOf(channel, reply, 0));
    }

    @Override
    public CompletableFuture<ChannelListing> list(String prefix, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("the limit is 1 to " + MAX_LIMIT + " but is " + limit);
        }
        return list(prefix, ListCursor.parse(cursor), limit, new ArrayList<>());
    }

    private CompletableFuture<ChannelListing> list(
            String prefix, ListCursor from, int limit, List<ChannelStatus> found) {
        int until = Math.min(from.partition() + PARTITIONS_AT_A_TIME, Partition.COUNT);
        List<CompletableFuture<ScriptReply>> replies = IntStream.range(from.partition(), until)
                .mapToObj(partition -> read(prefix, partition, partition == from.partition() ? from.name() : "", limit))
                .toList();
        return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
                .thenCompose(_ -> {
                    for (int i = 0; i < replies.size(); i++) {
                        ListCursor next = take(replies.get(i).join(), from.partition() + i, limit, found);
                        if (next != null) {
                            return CompletableFuture.completedFuture(new ChannelListing(found, next.text()));
                        }
                    }
                    return until == Partition.COUNT
                            ? CompletableFuture.completedFuture(new ChannelListing(found, null))
                            : list(prefix, new ListCursor(until, ""), limit, found);
                });
    }

    private CompletableFuture<ScriptReply> read(String prefix, int partition, String after, int limit) {
        return scripts.run(
                LuaScript.CHANNEL_LIST,
                List.of(keys.channels(Partition.all().get(partition))),
                List.of(after.isEmpty() ? "[" + prefix : "(" + after, prefix, limit, MAX_LIMIT, countCommand));
    }

    /// Adds the channels of one partition to `found`, up to `limit` in all.
    ///
    /// @return where to go on when the listing ends here, or null when the next partition follows
    private static @Nullable ListCursor take(ScriptReply reply, int partition, int limit, List<ChannelStatus> found) {
        ScriptReply parts = reply.get(1);
        for (int at = 0; at < parts.size(); at += PARTS_OF_A_CHANNEL) {
            if (found.size() == limit) {
                return new ListCursor(
                        partition,
                        at == 0 ? "" : parts.get(at - PARTS_OF_A_CHANNEL).text());
            }
            found.add(statusOf(new Channel(parts.get(at).text()), parts, at + 1));
        }
        String lookedAt = reply.get(0).text();
        return lookedAt.isEmpty() ? null : new ListCursor(partition, lookedAt);
    }

    private static ChannelStatus statusOf(Channel channel, ScriptReply reply, int at) {
        String epoch = reply.get(at).text();
        StreamPosition position = epoch.isEmpty()
                ? null
                : new StreamPosition(epoch, reply.get(at + 1).number());
        return new ChannelStatus(
                channel,
                position,
                reply.get(at + 2).number(),
                Math.toIntExact(reply.get(at + 3).number()));
    }
}
