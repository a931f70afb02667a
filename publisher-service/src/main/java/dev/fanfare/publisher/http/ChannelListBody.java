package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.message.JsonWriting;

/// Some active channels, and how to go on.
record ChannelListBody(ChannelListing listing) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(256)
                .append("{\"channels\":")
                .append(listing.channels().stream()
                        .map(status -> ChannelBody.begin(status).append('}').toString())
                        .collect(joining(",", "[", "]")));
        String next = listing.next();
        if (next != null) {
            JsonWriting.appendMember(json, "next", next);
        }
        return json.append('}').toString();
    }
}
