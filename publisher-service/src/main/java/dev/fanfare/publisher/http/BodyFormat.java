package dev.fanfare.publisher.http;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a request's body is to be read, as its `Content-Type` says.
sealed interface BodyFormat {

    /// The charsets that every Java platform has, so that a native executable reads what a JVM reads.
    List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE);

    /// `application/json`, always UTF-8.
    record Json() implements BodyFormat {}

    /// `text/plain`.
    record Text(Charset charset) implements BodyFormat {}

    /// `application/octet-stream`.
    record Binary() implements BodyFormat {}

    /// Anything else; `detail` says what.
    record Unsupported(String detail) implements BodyFormat {}

    /// What is wrong with a body that is not [#isPlain].
    String ENCODED = "the body has a Content-Encoding; send it as it is";

    /// Whether a body with this `Content-Encoding` is not encoded.
    static boolean isPlain(@Nullable String contentEncoding) {
        return contentEncoding == null || contentEncoding.equalsIgnoreCase("identity");
    }

    static BodyFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return new Unsupported("the request names no Content-Type");
        }
        try {
            return of(MediaType.valueOf(contentType));
        } catch (IllegalArgumentException _) {
            return new Unsupported("the Content-Type is not a media type");
        }
    }

    private static BodyFormat of(MediaType type) {
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        return switch (fullName(type)) {
            case MediaType.APPLICATION_JSON -> json(charset);
            case MediaType.TEXT_PLAIN -> text(charset);
            case MediaType.APPLICATION_OCTET_STREAM -> new Binary();
            default -> new Unsupported("the Content-Type is not one of those that are taken");
        };
    }

    private static String fullName(MediaType type) {
        return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }

    private static BodyFormat json(@Nullable String charset) {
        return charset == null || charset.equalsIgnoreCase("utf-8")
                ? new Json()
                : new Unsupported("JSON is encoded in UTF-8, not in another charset");
    }

    private static BodyFormat text(@Nullable String charset) {
        if (charset == null) {
            return new Text(StandardCharsets.UTF_8);
        }
        return CHARSETS.stream()
                .filter(known -> isNameOf(known, charset))
                .findFirst()
                .<BodyFormat>map(Text::new)
                .orElseGet(() -> new Unsupported("the charset is not one of " + CHARSETS));
    }

    private static boolean isNameOf(Charset known, String name) {
        return known.name().equalsIgnoreCase(name)
                || known.aliases().stream().anyMatch(alias -> alias.equalsIgnoreCase(name));
    }
}
