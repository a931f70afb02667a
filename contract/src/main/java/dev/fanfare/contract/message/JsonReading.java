package dev.fanfare.contract.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// The one way this project reads JSON: strict, bounded in depth, from UTF-8 bytes.
///
/// Every parser refuses duplicate keys, because two readers that pick different twins disagree about
/// what a message says.
public final class JsonReading {

    /// Deepest nesting of arrays and objects: 64 levels, far above any sane message and far below
    /// what would hurt a recursive reader in a client.
    public static final int MAX_DEPTH = 64;

    // Charset detection would take bytes with NULs between them for UTF-16 and lose the byte offsets that
    // valueAt needs; interning would keep names that a stranger chose.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonReading() {}

    /// A parser over `utf8`, before its first token.
    ///
    /// @throws IOException if the bytes are not well-formed UTF-8. Jackson alone lets overlong forms and
    ///     encoded surrogates through, and a WebSocket client closes its connection at the first of them.
    public static JsonParser parser(byte[] utf8) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException e) {
            throw new IOException("the text is not valid UTF-8", e);
        }
        return FACTORY.createParser(utf8);
    }

    /// The value that starts at the parser's current token, as it stands in `utf8`; the parser is
    /// left on the value's last token.
    public static RawJson valueAt(JsonParser parser, byte[] utf8) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            // A string is scanned lazily; without this the end is not known yet.
            parser.finishToken();
        }
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        // A number at the top level ends only where something else begins: the parser has read past it.
        while (utf8[to - 1] <= ' ' && utf8[to - 1] >= 0) {
            to--;
        }
        return RawJson.ofChecked(utf8, from, to);
    }

    /// The number that the parser is on, if it is whole, written as `7`, `7.0` or `7e0`: many writers know one kind of
    /// number. Empty if it is no number, not whole, or beyond a long.
    public static OptionalLong wholeNumberAt(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(parser.getDecimalValue().longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /// Whether `failure` says that the depth limit was hit, rather than that the text is not JSON.
    public static boolean isTooDeep(IOException failure) {
        // The same type tells of a number or a name that is too long, and has nothing but its text to differ by.
        return failure instanceof StreamConstraintsException
                && String.valueOf(failure.getMessage()).contains("nesting depth");
    }

    static RawJson singleValue(byte[] utf8) throws IOException {
        try (JsonParser parser = parser(utf8)) {
            if (parser.nextToken() == null) {
                throw new IOException("there is no JSON value");
            }
            RawJson value = valueAt(parser, utf8);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON value");
            }
            return value;
        }
    }
}
