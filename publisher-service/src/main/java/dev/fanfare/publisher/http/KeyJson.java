package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.message.JsonWriting;

/// API keys in answers. Times are milliseconds since 1970, by the clock of Redis. What is kept of the secret is
/// nobody's business.
final class KeyJson {

    private KeyJson() {}

    /// Appends the members of `key`, without the braces.
    static StringBuilder appendMembers(StringBuilder json, ApiKey key) {
        json.append("\"id\":");
        JsonWriting.appendString(json, key.id());
        JsonWriting.appendMember(json, "name", key.name());
        return json.append(",\"enabled\":")
                .append(key.isEnabled())
                .append(",\"createdAt\":")
                .append(key.createdAt().toEpochMilli())
                .append(",\"capability\":")
                .append(key.capability());
    }

    static String toJson(ApiKey key) {
        return appendMembers(new StringBuilder(256).append('{'), key)
                .append('}')
                .toString();
    }
}
