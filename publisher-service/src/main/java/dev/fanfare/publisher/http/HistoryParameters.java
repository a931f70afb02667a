package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.messaging.read.HistoryQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a read of history ↔ [HistoryQuery].
final class HistoryParameters {

    static final Set<String> NAMES = Set.of("limit", "direction", "from", "to", "start", "end");

    private static final String FORWARDS = "forwards";
    private static final String BACKWARDS = "backwards";
    private static final int DEFAULT_LIMIT = 100;
    /// Far beyond any time, and short enough for every JSON reader.
    private static final long MAX_MILLIS = 999_999_999_999_999L;

    private HistoryParameters() {}

    /// What is wrong is noted in `parameters`; then the query is of no use.
    static HistoryQuery read(ReadParameters parameters, Channel channel) {
        StreamPosition from = parameters.position("from");
        StreamPosition to = parameters.position("to");
        long start = parameters.number("start", 0, MAX_MILLIS, Long.MIN_VALUE);
        long end = parameters.number("end", 0, MAX_MILLIS, Long.MAX_VALUE);
        boolean isDisjoint = from != null && to != null && !from.isSameEpochAs(to);
        if (isDisjoint) {
            parameters.refuse("\"from\" and \"to\" are of different epochs");
        } else if (from != null && to != null && from.offset() > to.offset()) {
            parameters.refuse("\"from\" comes after \"to\"");
        } else if (start > end) {
            parameters.refuse("\"start\" comes after \"end\"");
        }
        int limit = (int) parameters.number("limit", 1, PageRequest.MAX_LIMIT, DEFAULT_LIMIT);
        return new HistoryQuery(channel, direction(parameters), from, isDisjoint ? null : to, start, end, limit);
    }

    private static Direction direction(ReadParameters parameters) {
        String text = parameters.text("direction").orElse(BACKWARDS);
        if (!text.equals(FORWARDS) && !text.equals(BACKWARDS)) {
            parameters.refuse("\"direction\" is forwards or backwards");
        }
        return text.equals(FORWARDS) ? Direction.OLDEST_FIRST : Direction.NEWEST_FIRST;
    }

    /// The parameters that [#read] makes `query` of. They have no character that needs an escape.
    static String write(HistoryQuery query) {
        var text = new StringBuilder("direction=")
                .append(query.direction() == Direction.OLDEST_FIRST ? FORWARDS : BACKWARDS)
                .append("&limit=")
                .append(query.limit());
        append(text, "from", query.after());
        append(text, "to", query.upTo());
        if (query.startMillis() != Long.MIN_VALUE) {
            text.append("&start=").append(query.startMillis());
        }
        if (query.endMillis() != Long.MAX_VALUE) {
            text.append("&end=").append(query.endMillis());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable StreamPosition position) {
        if (position != null) {
            text.append('&').append(name).append('=').append(position.text());
        }
    }
}
