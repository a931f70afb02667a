package dev.fanfare.tracing;

import dev.fanfare.contract.message.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/// One step of a trace that has begun and is to be ended once. Any thread.
public final class MessageSpan {

    private final Span span;

    MessageSpan(Span span) {
        this.span = span;
    }

    /// What messages carry so that the steps after this one can be seen as its followers; null when this one is
    /// not recorded.
    public @Nullable TraceParent traceParent() {
        SpanContext context = span.getSpanContext();
        return context.isValid() && context.isSampled()
                ? TraceParent.of(context.getTraceId(), context.getSpanId())
                : null;
    }

    /// Whether anybody will see it.
    public boolean isRecorded() {
        return span.isRecording();
    }

    public void end() {
        span.end();
    }

    /// Ends it as failed.
    ///
    /// @param error what failed, as one of a few words
    public void fail(String error) {
        span.setAttribute("error.type", error).setStatus(StatusCode.ERROR).end();
    }
}
