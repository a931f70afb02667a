package dev.fanfare.contract.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/// Writes the few JSON shapes of the wire without a tree or a mapper.
public final class JsonWriting {

    private JsonWriting() {}

    /// Appends `text` as a JSON string with its quotes.
    ///
    /// A lone surrogate becomes U+FFFD: it has no UTF-8 form, and a frame must be valid UTF-8.
    public static void appendString(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(withoutLoneSurrogates(text), json);
        json.append('"');
    }

    /// Appends `,"name":` and `text` as a JSON string.
    public static void appendMember(StringBuilder json, String name, String text) {
        json.append(",\"").append(name).append("\":");
        appendString(json, text);
    }

    private static String withoutLoneSurrogates(String text) {
        int at = 0;
        while (at < text.length() && !Character.isSurrogate(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(isLoneSurrogate(c) ? 0xFFFD : c));
        return clean.toString();
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
