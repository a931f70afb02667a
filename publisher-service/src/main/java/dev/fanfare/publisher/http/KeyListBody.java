package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.ApiKey;
import java.util.List;
import java.util.OptionalLong;

/// Some API keys, and how to go on.
record KeyListBody(List<ApiKey> keys, OptionalLong next) implements JsonBody {

    @Override
    public String toJson() {
        String list = keys.stream().map(KeyJson::toJson).collect(joining(",", "{\"keys\":[", "]"));
        return next.isPresent() ? list + ",\"next\":\"" + next.getAsLong() + "\"}" : list + "}";
    }
}
