package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.message.JsonWriting;

/// That something is revoked. Times are milliseconds since 1970, by the clock of Redis.
record RevocationReceipt(Revocation revocation) implements JsonBody {

    @Override
    public String toJson() {
        var json = new StringBuilder(160).append("{\"serial\":").append(revocation.serial());
        JsonWriting.appendMember(
                json, revocation.target().kind().word(), revocation.target().value());
        return json.append(",\"effectiveAt\":")
                .append(revocation.effectiveAt().toEpochMilli())
                .append(",\"until\":")
                .append(revocation.until().toEpochMilli())
                .append('}')
                .toString();
    }
}
