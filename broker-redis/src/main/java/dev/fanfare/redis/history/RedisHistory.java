package dev.fanfare.redis.history;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.redis.keys.EpochSource;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Reads with `history_read.lua`, `history_range.lua` and `history_page.lua`, in one call each.
public final class RedisHistory implements ChannelHistory {

    private final ScriptRunner scripts;
    private final RedisKeys keys;
    private final EpochSource epochs;
    private final Duration metaTtl;

    /// @param metaTtl how long an idle channel keeps its epoch; a read of it counts as use
    public RedisHistory(ScriptRunner scripts, RedisKeys keys, EpochSource epochs, Duration metaTtl) {
        this.scripts = scripts;
        this.keys = keys;
        this.epochs = epochs;
        this.metaTtl = metaTtl;
    }

    @Override
    public CompletableFuture<Tip> tip(Channel channel) {
        return read(channel, "", 0, 0).thenApply(RedisHistory::topOf);
    }

    @Override
    public CompletableFuture<HistorySlice> since(Channel channel, StreamPosition since, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is at least 1 but is " + limit);
        }
        return read(channel, since.epoch(), since.offset(), limit).thenApply(reply -> sliceOf(reply, since, limit));
    }

    @Override
    public CompletableFuture<List<Publication>> range(Channel channel, long after, StreamPosition upTo) {
        return scripts.run(
                        LuaScript.HISTORY_RANGE,
                        List.of(keys.meta(channel), keys.stream(channel)),
                        List.of(upTo.epoch(), after + 1, upTo.offset()))
                .thenApply(entries -> publicationsOf(entries, upTo.epoch()));
    }

    @Override
    public CompletableFuture<HistoryPage> page(Channel channel, PageRequest request) {
        StreamPosition after = request.after();
        StreamPosition upTo = request.upTo();
        return scripts.run(
                        LuaScript.HISTORY_PAGE,
                        List.of(keys.meta(channel), keys.stream(channel)),
                        List.of(
                                request.isOldestFirst() ? 1 : 0,
                                after == null ? 1 : after.offset() + 1,
                                upTo == null ? "" : String.valueOf(upTo.offset()),
                                request.limit(),
                                request.maxBytes()))
                .thenApply(reply -> pageOf(reply, request));
    }

    private static HistoryPage pageOf(ScriptReply reply, PageRequest request) {
        if (reply.size() == 0) {
            return new HistoryPage.Unknown();
        }
        Tip top = topOf(reply);
        return HistoryPage.of(
                request,
                top,
                reply.get(3).number(),
                publicationsOf(reply.get(4), top.position().epoch()));
    }

    private CompletableFuture<ScriptReply> read(Channel channel, String epoch, long offset, int limit) {
        return scripts.run(
                LuaScript.HISTORY_READ,
                List.of(keys.meta(channel), keys.stream(channel), keys.channels(Partition.of(channel))),
                List.of(epochs.next(), metaTtl.toMillis(), epoch, offset, limit));
    }

    private static Tip topOf(ScriptReply reply) {
        var position = new StreamPosition(reply.get(0).text(), reply.get(1).number());
        return new Tip(position, reply.get(2).text());
    }

    private static HistorySlice sliceOf(ScriptReply reply, StreamPosition since, int limit) {
        Tip top = topOf(reply);
        if (!top.position().isSameEpochAs(since)) {
            return new HistorySlice.Unrecoverable(top, Reason.EPOCH_CHANGED);
        }
        long missing = top.position().offset() - since.offset();
        if (missing < 0) {
            return new HistorySlice.Unrecoverable(top, Reason.OFFSET_IN_FUTURE);
        }
        if (missing > limit) {
            return new HistorySlice.Unrecoverable(top, Reason.OVER_LIMIT);
        }
        ScriptReply entries = reply.get(3);
        // Offsets count without a gap: as many entries as offsets means that none is missing.
        return entries.size() == missing
                ? new HistorySlice.Complete(top, publicationsOf(entries, since.epoch()))
                : new HistorySlice.Unrecoverable(top, Reason.TOO_OLD);
    }

    private static List<Publication> publicationsOf(ScriptReply entries, String epoch) {
        List<Publication> publications = new ArrayList<>(entries.size());
        for (ScriptReply entry : entries) {
            publications.add(publicationOf(entry, epoch));
        }
        return publications;
    }

    /// An entry is its id and then names and values, in the order in which `publish.lua` wrote them.
    private static Publication publicationOf(ScriptReply entry, String epoch) {
        ScriptReply fields = entry.get(1);
        return new Publication(
                new StreamPosition(epoch, offsetOf(entry)),
                fields.get(3).text(),
                fields.get(5).text(),
                StoredMessage.ofStored(fields.get(1).bytes()));
    }

    /// Stream ids are `<offset>-0`.
    private static long offsetOf(ScriptReply entry) {
        String id = entry.get(0).text();
        return Long.parseLong(id, 0, id.indexOf('-'), 10);
    }
}
