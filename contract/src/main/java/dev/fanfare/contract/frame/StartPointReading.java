package dev.fanfare.contract.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.message.StreamPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the fields `recover` and `rewind` of a subscribe request.
final class StartPointReading {

    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final Pattern EPOCH = Pattern.compile("[0-9A-Za-z]{1,16}");

    private StartPointReading() {}

    /// The value of `recover`: `{"epoch":"k3Jd02Xy","offset":7,"messageId":"a1"}`, the last of
    /// them optional; null when it is not that. The parser
    /// stands on the value's first token and is left on its last.
    static @Nullable StartPoint recover(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        String epoch = null;
        long offset = -1;
        String messageId = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("epoch") && value == JsonToken.VALUE_STRING) {
                epoch = parser.getText();
            } else if (name.equals("offset") && isLong(parser)) {
                offset = parser.getLongValue();
            } else if (name.equals("messageId") && value == JsonToken.VALUE_STRING) {
                messageId = parser.getText();
            }
            parser.skipChildren();
        }
        return epoch != null && EPOCH.matcher(epoch).matches() && offset >= 0
                ? new StartPoint.After(new StreamPosition(epoch, offset), messageId)
                : null;
    }

    /// The value of `rewind`: a count of messages, or an age such as `"90s"`, `"2m"`, `"1h"`; null when
    /// it is not that.
    static @Nullable StartPoint rewind(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            Matcher age = AGE.matcher(parser.getText());
            return age.matches() ? new StartPoint.Within(duration(age)) : null;
        }
        if (isLong(parser)) {
            long messages = parser.getLongValue();
            return messages >= 1 && messages <= Integer.MAX_VALUE ? new StartPoint.Newest((int) messages) : null;
        }
        parser.skipChildren();
        return null;
    }

    static boolean isLong(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static Duration duration(Matcher age) {
        long count = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
