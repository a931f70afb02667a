package dev.fanfare.contract.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A message in the form in which Redis keeps it: one compact JSON object in UTF-8.
///
/// ```text
/// {"message":<data>,"id":"a1","timestamp":1700000000000,"name":"position","clientId":"iss",
///  "encoding":"base64","extras":{"priority":1},"traceparent":"00-…-…-01"}
/// ```
///
/// What the publisher did not give is left out. `message` comes first and nothing stands between the
/// members, so a frame for subscribers is made by splicing, without parsing:
/// `{"channel":"c",` + the members + `,"epoch":"e","offset":7}`.
/// Only [#of] and Redis make these bytes; do not write to the array.
public final class StoredMessage {

    private final byte[] utf8;

    private StoredMessage(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// The stored form of `message`. The channel is not part of it: it is in the key.
    public static StoredMessage of(Message message) {
        var tail = new StringBuilder(96);
        JsonWriting.appendMember(tail, "id", message.id());
        tail.append(",\"timestamp\":").append(message.timestamp().toEpochMilli());
        appendOptional(tail, "name", message.name());
        appendOptional(tail, "clientId", message.clientId());
        appendOptional(tail, "encoding", message.encoding());
        RawJson extras = message.extras();
        if (extras != null) {
            tail.append(",\"extras\":").append(extras);
        }
        TraceParent origin = message.origin();
        if (origin != null) {
            tail.append(ORIGIN).append(origin.text()).append('"');
        }
        tail.append('}');
        return new StoredMessage(
                concat(HEAD, message.data().utf8(), tail.toString().getBytes(UTF_8)));
    }

    /// Bytes that came out of Redis and were made by [#of] there.
    ///
    /// @throws IllegalArgumentException if they do not look like an object, which means that somebody
    ///     else writes to our keys
    public static StoredMessage ofStored(byte[] utf8) {
        if (utf8.length < 2 || utf8[0] != '{' || utf8[utf8.length - 1] != '}') {
            throw new IllegalArgumentException("a stored message is a JSON object");
        }
        return new StoredMessage(utf8);
    }

    private static final byte[] HEAD = "{\"message\":".getBytes(UTF_8);
    private static final byte[] TIMESTAMP = ",\"timestamp\":".getBytes(UTF_8);
    private static final String ORIGIN = ",\"traceparent\":\"";
    private static final byte[] ORIGIN_BYTES = ORIGIN.getBytes(UTF_8);

    /// Length of the last member with its closing quote and brace, when it is an origin.
    private static final int ORIGIN_TAIL_LENGTH = ORIGIN_BYTES.length + TraceParent.LENGTH + 2;

    /// Bytes from the time to the end that [#acceptedAtMillis] looks through: the usual name and clientId have tens.
    static final int MAX_TIMELESS_TAIL = 512;

    private static final int MAX_TIME_DIGITS = 15;
    private static final long NO_TIME = -1;

    private static void appendOptional(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            JsonWriting.appendMember(json, name, value);
        }
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = Arrays.copyOf(parts[0], length);
        int at = parts[0].length;
        for (int i = 1; i < parts.length; i++) {
            System.arraycopy(parts[i], 0, all, at, parts[i].length);
            at += parts[i].length;
        }
        return all;
    }

    /// The whole object; not a copy.
    public byte[] utf8() {
        return utf8;
    }

    /// Index of the first byte of the members, after the opening brace.
    public int membersFrom() {
        return 1;
    }

    /// Number of bytes of the members, without the braces.
    public int membersLength() {
        return utf8.length - 2;
    }

    /// The step of a trace that published the message, or null when it is not traced. Only the end of the bytes is
    /// looked at, so that asking costs nothing on the delivery path.
    ///
    /// No other member can be taken for it: within a string its quotes would be escaped, and within an object
    /// another brace would follow.
    public @Nullable TraceParent origin() {
        int from = utf8.length - ORIGIN_TAIL_LENGTH;
        int textFrom = from + ORIGIN_BYTES.length;
        boolean isThere = from >= 0
                && utf8[utf8.length - 2] == '"'
                && Arrays.equals(utf8, from, textFrom, ORIGIN_BYTES, 0, ORIGIN_BYTES.length);
        return isThere ? TraceParent.parse(new String(utf8, textFrom, TraceParent.LENGTH, UTF_8)) : null;
    }

    /// When the message was accepted, in milliseconds of the epoch, or -1 when the end of the bytes does
    /// not tell: it has extras, or fields of more than [#MAX_TIMELESS_TAIL] bytes. Only the end is looked
    /// at, so it may be asked on the delivery path.
    ///
    /// Nothing that a publisher writes can be taken for it. Data and id come before it; within strings quotes are
    /// escaped; and extras end with a brace, so those are recognised.
    public long acceptedAtMillis() {
        int end = utf8.length - 1;
        if (origin() != null) {
            end -= ORIGIN_TAIL_LENGTH - 1;
        }
        if (end < 1 || utf8[end - 1] == '}') {
            return NO_TIME;
        }
        int limit = Math.max(0, end - MAX_TIMELESS_TAIL);
        for (int at = end - TIMESTAMP.length; at >= limit; at--) {
            if (utf8[at] == ',' && Arrays.equals(utf8, at, at + TIMESTAMP.length, TIMESTAMP, 0, TIMESTAMP.length)) {
                return digitsFrom(at + TIMESTAMP.length);
            }
        }
        return NO_TIME;
    }

    private long digitsFrom(int start) {
        long number = 0;
        int at = start;
        while (at - start < MAX_TIME_DIGITS && utf8[at] >= '0' && utf8[at] <= '9') {
            number = 10 * number + (utf8[at] - '0');
            at++;
        }
        boolean isWhole = at > start && (utf8[at] == ',' || utf8[at] == '}');
        return isWhole ? number : NO_TIME;
    }

    /// When the message was accepted; read from the bytes, so not for the delivery path.
    ///
    /// @throws IllegalArgumentException if somebody else wrote the bytes and they hold no such time
    public Instant timestamp() {
        return Instant.ofEpochMilli(member("timestamp", JsonParser::getLongValue));
    }

    /// The message's id; read from the bytes, so not for the delivery path.
    ///
    /// @throws IllegalArgumentException if somebody else wrote the bytes and they hold no id
    public String id() {
        return member("id", JsonParser::getText);
    }

    @FunctionalInterface
    private interface ValueReader<T> {
        T read(JsonParser parser) throws IOException;
    }

    private <T> T member(String name, ValueReader<T> reader) {
        try (JsonParser parser = JsonReading.parser(utf8)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isWanted = parser.currentName().equals(name);
                parser.nextToken();
                if (isWanted) {
                    return reader.read(parser);
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a stored message", e);
        }
        throw new IllegalArgumentException("a stored message has a member " + name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredMessage that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return new String(utf8, UTF_8);
    }
}
