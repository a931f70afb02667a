package dev.fanfare.testkit;

import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A feed listener that remembers what it was told, in order. Safe for use from several threads.
public final class RecordingListener implements FeedListener {

    /// One call of the feed.
    public sealed interface Event {

        Channel channel();

        record Published(Channel channel, Publication publication) implements Event {}

        record Plain(Channel channel, String text) implements Event {}

        record Lost(Channel channel) implements Event {}

        record Regained(Channel channel) implements Event {}
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();

    /// All calls so far.
    public List<Event> events() {
        return List.copyOf(events);
    }

    /// All calls for `channel` so far.
    public List<Event> events(Channel channel) {
        return events.stream().filter(event -> event.channel().equals(channel)).toList();
    }

    /// The offsets of the publications of `channel` so far.
    public List<Long> offsets(Channel channel) {
        return publications(channel).stream()
                .map(publication -> publication.position().offset())
                .toList();
    }

    /// The publications of `channel` so far.
    public List<Publication> publications(Channel channel) {
        return events(channel).stream()
                .filter(Event.Published.class::isInstance)
                .map(event -> ((Event.Published) event).publication())
                .toList();
    }

    @Override
    public void onPublication(Channel channel, Publication publication) {
        events.add(new Event.Published(channel, publication));
    }

    @Override
    public void onPlainMessage(Channel channel, String text) {
        events.add(new Event.Plain(channel, text));
    }

    @Override
    public void onLost(Channel channel) {
        events.add(new Event.Lost(channel));
    }

    @Override
    public void onRegained(Channel channel) {
        events.add(new Event.Regained(channel));
    }
}
