package dev.fanfare.publisher.http;

import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.messaging.publish.Published;

/// The answer to a publish: where the message is.
record PublishReceipt(Published published) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(128).append("{\"channel\":");
        JsonWriting.appendString(json, published.channel().name());
        JsonWriting.appendMember(json, "id", published.id());
        JsonWriting.appendMember(json, "epoch", published.position().epoch());
        return json.append(",\"offset\":")
                .append(published.position().offset())
                .append(",\"duplicate\":")
                .append(published.duplicate())
                .append('}')
                .toString();
    }
}
