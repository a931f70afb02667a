package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Reads the stored past of a channel. Never blocks; completes on a thread of the broker; fails with
/// `BROKER_UNAVAILABLE` when Redis does not answer in time.
public interface ChannelHistory {

    /// Where the stream of `channel` ends.
    ///
    /// A channel that has no epoch yet gets one, with offset 0, so that whoever starts from there can
    /// later tell whether anything came after it.
    CompletableFuture<Tip> tip(Channel channel);

    /// The publications after `since`, oldest first, read in one atomic step.
    ///
    /// @param limit most publications that the caller will take, from 1
    CompletableFuture<HistorySlice> since(Channel channel, StreamPosition since, int limit);

    /// The stored publications after offset `after` up to and including `upTo`, oldest first. Those that
    /// are not kept any more are missing at the front; there are none when the channel's epoch is another.
    ///
    /// @param after offset from 0, less than that of `upTo` by at most a bound of the caller's
    CompletableFuture<List<Publication>> range(Channel channel, long after, StreamPosition upTo);

    /// One page of a part of the past, read in one atomic step. Unlike [#tip] it leaves no trace.
    ///
    /// The next page of the part is that of the same request whose `after`, or `upTo` when the newest comes
    /// first, is moved behind the last publication. Pages that are read so repeat nothing and leave nothing out,
    /// whatever is published meanwhile; what is dropped meanwhile is told.
    CompletableFuture<HistoryPage> page(Channel channel, PageRequest request);
}
