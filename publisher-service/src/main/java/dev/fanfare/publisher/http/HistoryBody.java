package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.messaging.read.PageReading;

/// A page of messages, each as its subscribers get it.
record HistoryBody(Channel channel, PageReading.Page page) implements JsonBody {

    @Override
    public String toJson() {
        byte[] head = PublicationFrame.head(channel);
        return PositionJson.begin(channel, page.position())
                .append(",\"messages\":")
                .append(page.publications().stream()
                        .map(publication ->
                                PublicationFrame.of(head, publication).toString())
                        .collect(joining(",", "[", "]")))
                .append('}')
                .toString();
    }
}
