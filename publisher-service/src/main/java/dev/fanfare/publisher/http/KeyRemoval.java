package dev.fanfare.publisher.http;

import dev.fanfare.contract.message.JsonWriting;

/// That there is no such API key any more.
record KeyRemoval(String id) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder("{\"removed\":");
        JsonWriting.appendString(json, id);
        return json.append('}').toString();
    }
}
