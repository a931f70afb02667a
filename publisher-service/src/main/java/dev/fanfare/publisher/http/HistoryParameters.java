package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.messaging.read.HistoryQuery;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a read of history ↔ [HistoryQuery].
final class HistoryParameters {

    static final Set<String> NAMES = Set.of("limit", "direction", "from", "to", "start", "end");

    /// Far beyond any time, and short enough for every JSON reader.
    private static final long MAX_MILLIS = 999_999_999_999_999L;

    private HistoryParameters() {}

    /// What is wrong is noted in `parameters`; then the query is of no use.
    static HistoryQuery read(ReadParameters parameters, Channel channel) {
        StreamPosition from = parameters.position("from");
        StreamPosition to = parameters.position("to");
        long start = parameters.number("start", 0, MAX_MILLIS, Long.MIN_VALUE);
        long end = parameters.number("end", 0, MAX_MILLIS, Long.MAX_VALUE);
        int limit = (int) parameters.number("limit", 1, PageRequest.MAX_LIMIT, PageRequest.DEFAULT_LIMIT);
        var query = new HistoryQuery(channel, direction(parameters), from, to, start, end, limit);
        query.contradiction().ifPresent(parameters::refuse);
        return query;
    }

    private static Direction direction(ReadParameters parameters) {
        Optional<String> word = parameters.text("direction");
        Optional<Direction> direction = word.flatMap(Direction::of);
        if (word.isPresent() && direction.isEmpty()) {
            parameters.refuse("\"direction\" is forwards or backwards");
        }
        return direction.orElse(Direction.NEWEST_FIRST);
    }

    /// The parameters that [#read] makes `query` of. They have no character that needs an escape.
    static String write(HistoryQuery query) {
        var text = new StringBuilder("direction=")
                .append(query.direction().word())
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
