package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ApiKey;

/// An API key as it is now.
record KeyBody(ApiKey key) implements JsonBody {

    @Override
    public String toJson() {
        return KeyJson.toJson(key);
    }
}
