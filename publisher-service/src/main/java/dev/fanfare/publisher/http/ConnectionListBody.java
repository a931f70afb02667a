package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ListedConnection;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.JsonWriting;

/// Some connections, and how to go on. Times are milliseconds since 1970, by the gateway's clock.
record ConnectionListBody(ConnectionListing listing) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(256)
                .append("{\"connections\":")
                .append(listing.connections().stream()
                        .map(ConnectionListBody::toJson)
                        .collect(joining(",", "[", "]")));
        if (listing.next() != null) {
            JsonWriting.appendMember(json, "next", listing.next().text());
        }
        return json.append('}').toString();
    }

    private static String toJson(ListedConnection listed) {
        OpenConnection connection = listed.connection();
        var json = new StringBuilder(256).append("{\"id\":");
        JsonWriting.appendString(json, connection.id());
        JsonWriting.appendMember(json, "instance", listed.instance());
        if (connection.subject() != null) {
            JsonWriting.appendMember(json, "subject", connection.subject());
        }
        JsonWriting.appendMember(json, "address", connection.address());
        json.append(",\"since\":").append(connection.since().toEpochMilli());
        JsonWriting.appendMember(json, "protocol", connection.protocol());
        json.append(",\"subscriptions\":").append(connection.subscriptions()).append(",\"channels\":[");
        String separator = "";
        for (Channel channel : connection.channels()) {
            json.append(separator);
            JsonWriting.appendString(json, channel.name());
            separator = ",";
        }
        return json.append("]}").toString();
    }
}
