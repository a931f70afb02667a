package dev.fanfare.tracing;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Begins the steps of traces that messages take. Attributes have the names of OpenTelemetry's conventions for
/// messaging; a channel is an attribute and not part of a name, because there are so many.
///
/// Any thread; never waits. Without an endpoint (`fanfare.tracing.endpoint`) nothing is recorded, and every call
/// costs next to nothing.
@Singleton
public final class MessageSpans {

    private final Tracer tracer;

    /// @param isOff whether nothing is recorded: the SDK that is injected then has no exporter, but would sample
    @Inject
    MessageSpans(
            OpenTelemetry telemetry,
            @ConfigProperty(name = TracingSwitch.SDK_DISABLED, defaultValue = "false") boolean isOff) {
        this(isOff ? OpenTelemetry.noop() : telemetry);
    }

    public MessageSpans(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("dev.fanfare");
    }

    /// Messages of `channel` are about to be handed to Redis, as part of what the current thread serves.
    ///
    /// @param messages their number, from 1
    public MessageSpan publish(Channel channel, int messages) {
        return new MessageSpan(span("publish", "send", channel)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.batch.message_count", messages)
                .startSpan());
    }

    /// A message that was published as `origin` is about to be handed to subscribers.
    public MessageSpan deliver(Channel channel, Publication publication, TraceParent origin) {
        var parent = SpanContext.createFromRemoteParent(
                origin.traceId(), origin.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
        return new MessageSpan(span("deliver", "process", channel)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Context.root().with(Span.wrap(parent)))
                .setAttribute("fanfare.offset", publication.position().offset())
                .startSpan());
    }

    private SpanBuilder span(String name, String operation, Channel channel) {
        return tracer.spanBuilder(name)
                .setAttribute("messaging.system", "fanfare")
                .setAttribute("messaging.operation.name", name)
                .setAttribute("messaging.operation.type", operation)
                .setAttribute("messaging.destination.name", channel.name());
    }
}
