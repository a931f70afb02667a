package dev.fanfare.telemetry.publish;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Where in a stream of events the channel stands: the event id in the id of its newest message.
///
/// Says nothing when the channel keeps no history, or the newest message is not of this source.
public final class Bookmark {

    private final String source;
    private final Channel channel;
    private final ChannelHistory history;

    public Bookmark(String source, Channel channel, ChannelHistory history) {
        this.source = source;
        this.channel = channel;
        this.history = history;
    }

    /// The id to go on from. Waits as long as the broker does for Redis.
    ///
    /// @throws IllegalStateException when Redis does not answer: to go on from nowhere would leave a gap
    public Optional<String> read() throws InterruptedException {
        try {
            return newestId().flatMap(id -> EventMessageId.eventIdIn(id, source));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the channel cannot be read", e.getCause());
        }
    }

    private Optional<String> newestId() throws InterruptedException, ExecutionException {
        StreamPosition end = history.tip(channel).get().position();
        if (end.offset() == 0) {
            return Optional.empty();
        }
        List<Publication> newest = history.range(channel, end.offset() - 1, end).get();
        return newest.stream()
                .findFirst()
                .map(publication -> publication.message().id());
    }
}
