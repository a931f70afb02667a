package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.message.JsonWriting;

/// How one channel stands and what holds for it.
record ChannelBody(ChannelStatus status, ChannelRule rule) implements JsonBody {

    @Override
    public String toJson() {
        StringBuilder json = begin(status).append(",\"rule\":{\"pattern\":");
        JsonWriting.appendString(json, rule.pattern().text());
        return json.append(",\"historySize\":")
                .append(rule.historySize())
                .append(",\"historyTtlMs\":")
                .append(rule.historyTtl().toMillis())
                .append(",\"replicas\":")
                .append(rule.replicas())
                .append(",\"conflate\":")
                .append(rule.conflates())
                .append("}}")
                .toString();
    }

    /// An object that is still open: what is the same for one channel and in a list.
    static StringBuilder begin(ChannelStatus status) {
        return PositionJson.begin(status.channel(), status.position())
                .append(",\"kept\":")
                .append(status.kept())
                .append(",\"occupancy\":{\"gateways\":")
                .append(status.gateways())
                .append('}');
    }
}
