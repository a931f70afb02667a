package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.TraceParent;
import dev.fanfare.tracing.MessageSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryTracesTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final StreamPosition START = new StreamPosition("e", 0);
    private static final TraceParent ORIGIN =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final HubFixture hub = new HubFixture();
    private final HubFixture otherHub = new HubFixture();
    private final Fanout fanout = new Fanout(CHANNEL, false, hub.metrics, hub.traces);

    private HubFixture.Recorder subscriberOn(HubFixture on) {
        var recorder = new HubFixture.Recorder();
        Subscription subscription = on.loop.subscribe(CHANNEL, recorder);
        fanout.add(subscription.channel());
        fanout.attach(new Join(subscription, new StartPoint.Now(), null), START, false, List.of());
        return recorder;
    }

    private List<SpanData> ended() {
        return hub.spans.getFinishedSpanItems();
    }

    @Test
    void tracedMessage_endsItsStepWhenTheLastLoopHasWrittenIt() {
        // Given
        HubFixture.Recorder anna = subscriberOn(hub);
        HubFixture.Recorder bert = subscriberOn(otherHub);
        fanout.deliver(HubFixture.publication(CHANNEL, "e", 1, ORIGIN));

        // When
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1");
        assertThat(ended()).isEmpty();

        // When
        otherHub.turn();

        // Then
        assertThat(bert.messages()).containsExactly("m1");
        assertThat(ended()).hasSize(1);
        assertThat(ended().getFirst().getTraceId()).isEqualTo(ORIGIN.traceId());
        assertThat(ended().getFirst().getParentSpanId()).isEqualTo(ORIGIN.spanId());
    }

    @Test
    void stepOfATracedMessage_goesOnWhileItIsWritten() {
        // Given
        HubFixture.Recorder anna = subscriberOn(hub);
        var endedAtTheWrite = new AtomicInteger(-1);
        anna.onWrite = () -> endedAtTheWrite.set(ended().size());

        // When
        fanout.deliver(HubFixture.publication(CHANNEL, "e", 1, ORIGIN));
        hub.turn();

        // Then
        assertThat(endedAtTheWrite).hasValue(0);
        assertThat(ended()).hasSize(1);
    }

    @Test
    void tracedMessageAmongOthers_changesNeitherOrderNorContent() {
        // Given
        HubFixture.Recorder anna = subscriberOn(hub);

        // When
        for (int offset = 1; offset <= 5; offset++) {
            fanout.deliver(HubFixture.publication(CHANNEL, "e", offset, offset == 3 ? ORIGIN : null));
        }
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2", "m3", "m4", "m5");
        assertThat(ended()).hasSize(1);
    }

    @Test
    void messageThatIsNotTraced_leavesNoStep() {
        // Given
        subscriberOn(hub);

        // When
        fanout.deliver(HubFixture.publication(CHANNEL, "e", 1));
        hub.turn();

        // Then
        assertThat(ended()).isEmpty();
    }

    @Test
    void tracedMessageInAGatewayThatTracesNothing_waitsForTheOthersOfItsTurn() {
        // Given
        var untraced = new DeliveryTraces(new MessageSpans(OpenTelemetry.noop()));
        var quiet = new Fanout(CHANNEL, false, hub.metrics, untraced);
        var anna = new HubFixture.Recorder();
        Subscription subscription = hub.loop.subscribe(CHANNEL, anna);
        quiet.add(subscription.channel());
        quiet.attach(new Join(subscription, new StartPoint.Now(), null), START, false, List.of());

        // When
        quiet.deliver(HubFixture.publication(CHANNEL, "e", 1, ORIGIN));
        quiet.deliver(HubFixture.publication(CHANNEL, "e", 2));
        hub.turn();

        // Then
        assertThat(anna.messages()).containsExactly("m1", "m2");
        assertThat(anna.writes).isEqualTo(1);
    }

    @Test
    void tracedMessageWithoutAnyLoop_endsItsStepAtOnce() {
        // When
        fanout.deliver(HubFixture.publication(CHANNEL, "e", 1, ORIGIN));

        // Then
        assertThat(ended()).hasSize(1);
    }
}
