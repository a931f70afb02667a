package dev.fanfare.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.contract.message.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageSpansTest {

    private static final Channel CHANNEL = new Channel("iss.position");

    private final InMemorySpanExporter recorded = InMemorySpanExporter.create();

    private OpenTelemetry telemetry(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(recorded))
                        .build())
                .build();
    }

    private SpanData last() {
        return recorded.getFinishedSpanItems().getLast();
    }

    @Test
    void publish_isAStepOfWhatTheThreadServes() {
        // Given
        OpenTelemetry telemetry = telemetry(Sampler.alwaysOn());
        Span request = telemetry.getTracer("test").spanBuilder("POST").startSpan();

        // When
        MessageSpan span;
        try (Scope _ = request.makeCurrent()) {
            span = new MessageSpans(telemetry).publish(CHANNEL, 3);
        }
        span.end();

        // Then
        assertThat(last().getName()).isEqualTo("publish");
        assertThat(last().getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(last().getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(last().getAttributes().get(AttributeKey.stringKey("messaging.destination.name")))
                .isEqualTo("iss.position");
        assertThat(last().getAttributes().get(AttributeKey.longKey("messaging.batch.message_count")))
                .isEqualTo(3);
    }

    @Test
    void deliver_followsThePublishThatTheMessageNames() {
        // Given
        var spans = new MessageSpans(telemetry(Sampler.parentBased(Sampler.alwaysOff())));
        var origin = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var message = new Message(CHANNEL, "a", RawJson.ofString("x"), null, null, Instant.EPOCH).withOrigin(origin);
        var publication =
                new Publication(new StreamPosition("e", 7), "m", Tip.MARK_OF_START, StoredMessage.of(message));

        // When
        spans.deliver(CHANNEL, publication, origin).end();

        // Then
        assertThat(last().getName()).isEqualTo("deliver");
        assertThat(last().getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(last().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(last().getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(last().getAttributes().get(AttributeKey.longKey("fanfare.offset")))
                .isEqualTo(7);
    }

    @Test
    void recordedPublish_givesMessagesItsName() {
        // Given
        var spans = new MessageSpans(telemetry(Sampler.alwaysOn()));

        // When
        MessageSpan span = spans.publish(CHANNEL, 1);
        span.end();

        // Then
        assertThat(span.traceParent()).isEqualTo(TraceParent.of(last().getTraceId(), last().getSpanId()));
    }

    @Test
    void publishThatIsNotRecorded_givesMessagesNothing() {
        assertThat(new MessageSpans(telemetry(Sampler.alwaysOff()))
                        .publish(CHANNEL, 1)
                        .traceParent())
                .isNull();
        assertThat(new MessageSpans(telemetry(Sampler.alwaysOn()), true)
                        .publish(CHANNEL, 1)
                        .traceParent())
                .isNull();
        assertThat(new MessageSpans(OpenTelemetry.noop()).publish(CHANNEL, 1).traceParent())
                .isNull();
    }

    @Test
    void failure_isToldByItsName() {
        // Given
        var spans = new MessageSpans(telemetry(Sampler.alwaysOn()));

        // When
        spans.publish(CHANNEL, 1).fail("broker-unavailable");

        // Then
        assertThat(last().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(last().getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("broker-unavailable");
    }
}
