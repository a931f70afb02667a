package dev.fanfare.publisher.http;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.contract.message.StreamPosition;
import org.jspecify.annotations.Nullable;

/// What every answer about a channel begins with.
final class PositionJson {

    private PositionJson() {}

    /// An object that is still open: the channel and, if it is known, where its stream ends.
    static StringBuilder begin(Channel channel, @Nullable StreamPosition position) {
        var json = new StringBuilder(256).append("{\"channel\":");
        JsonWriting.appendString(json, channel.name());
        if (position != null) {
            json.append(",\"position\":{\"epoch\":");
            JsonWriting.appendString(json, position.epoch());
            json.append(",\"offset\":").append(position.offset()).append('}');
        }
        return json;
    }
}
