package dev.fanfare.telemetry.source;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The headers of every request to a source, by name in any case.
///
/// Values may be secrets: `toString` shows the names alone, and no message of a failed check has a value.
public record RequestHeaders(Map<String, String> values) {

    /// Most headers of one source; servers refuse far fewer than would hurt here.
    static final int MAX_COUNT = 32;

    /// Longest value, in characters: a token of any identity provider fits, and so does a server's limit.
    static final int MAX_VALUE_LENGTH = 8192;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

    /// What the connection and the conditional request need for themselves, and what would make the
    /// body unreadable.
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-modified-since",
            "if-none-match",
            "last-event-id",
            "range",
            "transfer-encoding",
            "upgrade");

    public RequestHeaders {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(values);
        values = Collections.unmodifiableMap(sorted);
    }

    static RequestHeaders of(Map<String, String> configured, PropertyCheck check) {
        check.that(
                configured.size() <= MAX_COUNT, "headers", "has at most " + MAX_COUNT + " entries; remove the others");
        var headers = new RequestHeaders(configured);
        check.that(
                headers.values.size() == configured.size(),
                "headers",
                "has a name twice that differs in case only; remove one of them");
        headers.values.forEach((name, value) -> {
            String property = "headers." + name;
            check.that(
                    NAME.matcher(name).matches(),
                    property,
                    "is no name of an HTTP header; write letters, digits and -");
            check.that(
                    !OURS.contains(name.toLowerCase(Locale.ROOT)),
                    property,
                    "is set by telemetry-ingest itself; remove it");
            check.that(
                    value.length() <= MAX_VALUE_LENGTH && VALUE.matcher(value).matches(),
                    property,
                    "has a value that no header can have; write 1 to " + MAX_VALUE_LENGTH
                            + " visible ASCII characters, with spaces only between them");
        });
        return headers;
    }

    @Override
    public String toString() {
        return "RequestHeaders" + values.keySet();
    }
}
