package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.channel.Channel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The directory of the in-memory broker, in the order of the alphabet. Confined to its thread.
final class InMemoryDirectory {

    private static final String CURSOR_BEGINS_WITH = "0.";

    private final Map<Channel, InMemoryChannel> channels;
    private final InMemoryFeed feed;

    InMemoryDirectory(Map<Channel, InMemoryChannel> channels, InMemoryFeed feed) {
        this.channels = channels;
        this.feed = feed;
    }

    ChannelStatus status(Channel channel) {
        int gateways = feed.listensTo(channel) ? 1 : 0;
        InMemoryChannel state = channels.get(channel);
        return state == null
                ? new ChannelStatus(channel, null, 0, gateways)
                : new ChannelStatus(channel, state.top().position(), state.kept(), gateways);
    }

    static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        String name = cursor.startsWith(CURSOR_BEGINS_WITH) ? cursor.substring(CURSOR_BEGINS_WITH.length()) : "";
        if (!Channel.isValid(name)) {
            throw new IllegalArgumentException("not a cursor");
        }
        return name;
    }

    ChannelListing list(String prefix, String after, int limit) {
        List<ChannelStatus> found = channels.keySet().stream()
                .filter(channel -> channel.name().startsWith(prefix))
                .filter(channel -> channel.name().compareTo(after) > 0)
                .sorted()
                .map(this::status)
                .filter(ChannelStatus::isActive)
                .limit(limit + 1L)
                .toList();
        if (found.size() <= limit) {
            return new ChannelListing(found, null);
        }
        List<ChannelStatus> page = found.subList(0, limit);
        return new ChannelListing(
                page, CURSOR_BEGINS_WITH + page.getLast().channel().name());
    }
}
