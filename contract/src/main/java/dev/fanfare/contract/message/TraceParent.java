package dev.fanfare.contract.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A step of a trace that is recorded, as W3C Trace Context writes it: `00-<trace id>-<span id>-01`.
///
/// Steps that are not recorded are not carried, so the last byte, the flags, is always `01`.
///
/// | component | range and encoding                                                            |
/// |-----------|-------------------------------------------------------------------------------|
/// | `text`    | 55 characters: version `00`, 32 and 16 hex digits in lower case and not all 0, `01` |
public record TraceParent(String text) {

    /// Length of the text, in characters and in bytes.
    public static final int LENGTH = 55;

    private static final int TRACE_ID_FROM = 3;
    private static final int SPAN_ID_FROM = 36;
    private static final int FLAGS_FROM = 53;
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01");

    public TraceParent {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a recorded step of a trace: " + text);
        }
    }

    /// The step that `text` names, or null when it names none that is recorded.
    public static @Nullable TraceParent parse(String text) {
        return FORM.matcher(text).matches() ? new TraceParent(text) : null;
    }

    /// The step `spanId` of the trace `traceId`, in hex digits of lower case.
    public static TraceParent of(String traceId, String spanId) {
        return new TraceParent("00-" + traceId + "-" + spanId + "-01");
    }

    public String traceId() {
        return text.substring(TRACE_ID_FROM, SPAN_ID_FROM - 1);
    }

    public String spanId() {
        return text.substring(SPAN_ID_FROM, FLAGS_FROM - 1);
    }
}
