package dev.fanfare.contract.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.contract.message.StreamPosition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of a history request as far as they have been read, and the first thing that is wrong with them.
/// It matters only if the request turns out to be one.
final class HistoryFields {

    /// Far beyond any time, and short enough for every JSON reader.
    private static final long MAX_MILLIS = 999_999_999_999_999L;

    private Direction direction = Direction.NEWEST_FIRST;
    private int limit = PageRequest.DEFAULT_LIMIT;
    private @Nullable StreamPosition from;
    private @Nullable StreamPosition to;
    private long startMillis = Long.MIN_VALUE;
    private long endMillis = Long.MAX_VALUE;
    private @Nullable String invalid;

    /// Reads the value of `field` on whose first token the parser stands.
    void read(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field) {
            case "direction" -> readDirection(parser);
            case "limit" -> limit = (int) readNumber(field, parser, 1, PageRequest.MAX_LIMIT);
            case "from" -> from = readPosition(field, parser);
            case "to" -> to = readPosition(field, parser);
            case "start" -> startMillis = readNumber(field, parser, 0, MAX_MILLIS);
            default -> endMillis = readNumber(field, parser, 0, MAX_MILLIS);
        }
    }

    private void readDirection(JsonParser parser) throws IOException {
        String word = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        Direction.of(word)
                .ifPresentOrElse(read -> direction = read, () -> refuse("direction is \"forwards\" or \"backwards\""));
    }

    private long readNumber(String field, JsonParser parser, long min, long max) throws IOException {
        if (StartPointReading.isLong(parser)) {
            long number = parser.getLongValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        refuse(field + " is a number from " + min + " to " + max);
        return min;
    }

    private @Nullable StreamPosition readPosition(String field, JsonParser parser) throws IOException {
        if (StartPointReading.recover(parser) instanceof StartPoint.After after) {
            return after.position();
        }
        refuse(field + " is {\"epoch\":\"…\",\"offset\":0 or more}");
        return null;
    }

    private void refuse(String detail) {
        if (invalid == null) {
            invalid = detail;
        }
    }

    FrameReading toReading(Channel channel, @Nullable RequestId id) {
        return invalid == null
                ? new FrameReading.Understood(
                        new ClientFrame.History(channel, direction, from, to, startMillis, endMillis, limit, id))
                : new FrameReading.Refused(ErrorCode.FIELD_INVALID, invalid, id);
    }

    /// Appends the fields that [#read] makes `request` of.
    static void append(StringBuilder json, ClientFrame.History request) {
        json.append("{\"direction\":\"").append(request.direction().word()).append('"');
        json.append(",\"limit\":").append(request.limit());
        append(json, "from", request.from());
        append(json, "to", request.to());
        if (request.startMillis() != Long.MIN_VALUE) {
            json.append(",\"start\":").append(request.startMillis());
        }
        if (request.endMillis() != Long.MAX_VALUE) {
            json.append(",\"end\":").append(request.endMillis());
        }
        json.append('}');
    }

    /// Appends `,"name":` and the position, unless it is null.
    static void append(StringBuilder json, String name, @Nullable StreamPosition position) {
        if (position != null) {
            json.append(",\"").append(name).append("\":{\"epoch\":");
            JsonWriting.appendString(json, position.epoch());
            json.append(",\"offset\":").append(position.offset()).append('}');
        }
    }
}
