package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.message.JsonWriting;

/// That gateways have been asked to close connections.
record ConnectionEndReceipt(ConnectionEnd end) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(120).append("{\"serial\":").append(end.serial());
        JsonWriting.appendMember(json, end.kind().word(), end.value());
        return json.append('}').toString();
    }
}
