package dev.fanfare.publisher.http;

import dev.fanfare.access.apikey.ApiKeyCredential;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.message.JsonWriting;

/// A new API key with its secret, which is shown this once. Never printed.
record KeyReceipt(ApiKey key, ApiKeyCredential credential) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(384).append('{');
        KeyJson.appendMembers(json, key);
        JsonWriting.appendMember(json, "secret", credential.secret());
        JsonWriting.appendMember(json, "key", credential.text());
        return json.append('}').toString();
    }

    @Override
    public String toString() {
        return "KeyReceipt[id=" + key.id() + "]";
    }
}
