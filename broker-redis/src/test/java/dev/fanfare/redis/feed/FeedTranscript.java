package dev.fanfare.redis.feed;

import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Writes down what the feed says, one line each, in order: `lost c`, `plain c text`, `7 c {…}`.
final class FeedTranscript implements FeedListener {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private volatile String poison = "\0 nothing";

    @Override
    public void onPublication(Channel channel, Publication publication) {
        lines.add(publication.position().offset() + " " + channel + " " + publication.message());
    }

    /// Makes it throw when a plain message with this text comes.
    void failOn(String text) {
        poison = text;
    }

    @Override
    public void onPlainMessage(Channel channel, String text) {
        if (text.equals(poison)) {
            throw new IllegalStateException("cannot take " + text);
        }
        lines.add("plain " + channel + " " + text);
    }

    @Override
    public void onLost(Channel channel) {
        lines.add("lost " + channel);
    }

    @Override
    public void onRegained(Channel channel) {
        lines.add("regained " + channel);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// The lines about `channel`.
    List<String> linesOf(Channel channel) {
        return lines.stream()
                .filter(line -> (line + " ").contains(" " + channel + " "))
                .toList();
    }

    long count(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).count();
    }
}
