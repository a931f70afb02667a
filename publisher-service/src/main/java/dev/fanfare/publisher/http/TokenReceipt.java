package dev.fanfare.publisher.http;

import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.publisher.issue.Issuing;
import dev.fanfare.publisher.issue.TokenOrder;

/// A token that was issued. Times are milliseconds since 1970. Never printed.
record TokenReceipt(Issuing.Issued issued) implements JsonBody {

    @Override
    public String toJson() {
        TokenOrder order = issued.order();
        var json = new StringBuilder(1024).append("{\"token\":");
        JsonWriting.appendString(json, issued.token());
        JsonWriting.appendMember(json, "id", issued.id());
        JsonWriting.appendMember(json, "subject", order.subject());
        if (order.clientId() != null) {
            JsonWriting.appendMember(json, "clientId", order.clientId());
        }
        return json.append(",\"issuedAt\":")
                .append(issued.issuedAt().toEpochMilli())
                .append(",\"expiresAt\":")
                .append(issued.expiresAt().toEpochMilli())
                .append(",\"capability\":")
                .append(order.capability().toJson())
                .append('}')
                .toString();
    }
}
