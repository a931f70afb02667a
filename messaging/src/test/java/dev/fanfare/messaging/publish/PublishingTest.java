package dev.fanfare.messaging.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.TraceParent;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.LogLines;
import dev.fanfare.tracing.MessageSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_123L), ZoneOffset.UTC);
    private static final Channel CHANNEL = new Channel("orders:1");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final InMemorySpanExporter recorded = InMemorySpanExporter.create();
    private MessageSpans spans = new MessageSpans(OpenTelemetry.noop());
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), CLOCK, Duration.ofMinutes(5));

    @Test
    void draft_becomesAMessageOfNow() {
        // Given
        List<Message> handedOver = new ArrayList<>();
        Publishing publishing = publishing((message, fence) -> {
            handedOver.add(message);
            return broker.publish(message, fence);
        });

        // When
        Published published = publishing.publish(new Draft(CHANNEL, RawJson.ofString("x"), "i", "n", "c"));

        // Then
        assertThat(handedOver)
                .containsExactly(new Message(CHANNEL, "i", RawJson.ofString("x"), "n", "c", CLOCK.instant()));
        assertThat(published.id()).isEqualTo("i");
        assertThat(published.position().offset()).isEqualTo(1);
        assertThat(published.duplicate()).isFalse();
    }

    @Test
    void draftWithoutId_getsOne() {
        // Given
        Publishing publishing = publishing(broker);

        // When
        Published first = publishing.publish(draft(null));
        Published second = publishing.publish(draft(null));

        // Then
        assertThat(first.id()).matches("[0-9A-Za-z]{22}").isNotEqualTo(second.id());
        assertThat(second.position().offset()).isEqualTo(2);
    }

    @Test
    void sameIdAgain_isADuplicateAtTheFirstPosition() {
        // Given
        Publishing publishing = publishing(broker);
        Published first = publishing.publish(draft("i"));

        // When
        Published again = publishing.publish(draft("i"));

        // Then
        assertThat(again.duplicate()).isTrue();
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(timed("stored")).isEqualTo(1);
        assertThat(timed("duplicate")).isEqualTo(1);
    }

    @Test
    void sameIdForAnotherMessage_isRefused() {
        // Given
        Publishing publishing = publishing(broker);
        publishing.publish(draft("i"));

        // When
        FanfareException fault = catchThrowableOfType(FanfareException.class, () -> publishing.publish(other("i")));
        Attempted attempted = publishing.attempt(other("i")).join();

        // Then
        assertThat(fault)
                .hasMessageStartingWith("another message")
                .extracting(FanfareException::code)
                .isEqualTo(ErrorCode.ID_TAKEN);
        assertThat(attempted)
                .isInstanceOfSatisfying(
                        Attempted.Failed.class,
                        failed -> assertThat(failed.fault().code()).isEqualTo(ErrorCode.ID_TAKEN));
        assertThat(timed("id-taken")).isEqualTo(2);
        assertThat(timed("failed")).isZero();
    }

    @Test
    void sequenceWithAnIdOfAnotherMessage_isRefusedWhole() {
        // Given
        Publishing publishing = publishing(broker);
        publishing.publish(draft("b"));

        // When
        FanfareException fault = catchThrowableOfType(
                FanfareException.class, () -> publishing.publishAll(List.of(draft("a"), other("b"))));

        // Then
        assertThat(fault)
                .hasMessageStartingWith("message 1: ")
                .extracting(FanfareException::code)
                .isEqualTo(ErrorCode.ID_TAKEN);
        assertThat(timed("id-taken")).isEqualTo(2);
        assertThat(publishing.publish(draft("c")).position().offset()).isEqualTo(2);
    }

    @Test
    void idOfAnotherMessageAmongMany_isRefusedAlone() {
        // Given
        Publishing publishing = publishing(broker);
        publishing.publishAll(List.of(draft("b"), draft("d")));

        // When
        List<Attempted> attempts =
                publishing.publishEach(List.of(draft("a"), other("b"), draft("c"), other("d"), draft("b")));

        // Then
        assertThat(attempts)
                .extracting(attempted -> switch (attempted) {
                    case Attempted.Stored(Published published) ->
                        published.id() + " " + published.position().offset();
                    case Attempted.Failed(FanfareException failed) ->
                        failed.code().slug();
                })
                .containsExactly("a 3", "id-taken", "c 4", "id-taken", "b 1");
    }

    @Test
    void nothingButIdsOfOtherMessages_areAllRefused() {
        // Given
        Publishing publishing = publishing(broker);
        publishing.publish(draft("a"));

        // When
        List<Attempted> attempts = publishing.publishEach(List.of(other("a")));

        // Then
        assertThat(attempts).singleElement().isInstanceOf(Attempted.Failed.class);
    }

    @Test
    void fault_isThrownAsItIs() {
        // Given
        broker.stop();
        Publishing publishing = publishing(broker);

        // When
        FanfareException fault = catchThrowableOfType(FanfareException.class, () -> publishing.publish(draft("i")));

        // Then
        assertThat(fault.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE);
        assertThat(timed("failed")).isEqualTo(1);
    }

    @Test
    void unexpectedFailure_keepsItsCause() {
        // Given
        var cause = new IllegalArgumentException("boom");
        Publishing publishing = publishing((_, _) -> CompletableFuture.failedFuture(cause));

        // When, Then
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> publishing.publish(draft("i")))
                .withCause(cause);
        assertThat(timed("failed")).isEqualTo(1);
    }

    @Test
    void fencedOff_isAProgrammingError() {
        // Given
        Publishing publishing = publishing((_, _) -> CompletableFuture.completedFuture(new PublishOutcome.FencedOff()));

        // When, Then
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> publishing.publish(draft("i")))
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void attempt_isAnsweredWhenTheBrokerIs() {
        // Given
        var answer = new CompletableFuture<PublishOutcome>();
        Publishing publishing = publishing((_, _) -> answer);

        // When
        CompletableFuture<Attempted> attempt = publishing.attempt(draft("i"));
        boolean isDoneBefore = attempt.isDone();
        var position = new StreamPosition("e1", 7);
        answer.complete(new PublishOutcome.Stored(position, true));

        // Then
        assertThat(isDoneBefore).isFalse();
        assertThat(attempt).isCompletedWithValue(new Attempted.Stored(new Published(CHANNEL, "i", position, true)));
        assertThat(timed("duplicate")).isEqualTo(1);
    }

    @Test
    void duration_isFromTheHandingOverToTheAnswer() {
        // Given
        var time = new MockClock();
        var timed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, time);
        var answer = new CompletableFuture<PublishOutcome>();
        var publishing = new Publishing(
                (_, _) -> answer, broker, new MessageIds(new Random(1)), CLOCK, new PublishMetrics(timed), spans);
        CompletableFuture<Attempted> attempt = publishing.attempt(draft("i"));

        // When
        time.add(Duration.ofMillis(7));
        answer.complete(new PublishOutcome.Stored(new StreamPosition("e1", 7), false));

        // Then
        assertThat(attempt).isCompleted();
        assertThat(timed.get("fanfare.publish.duration")
                        .tag("outcome", "stored")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(7);
    }

    @Test
    void attemptThatFails_isAValue() {
        // Given
        var fault = new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer");
        Publishing publishing = publishing((message, _) ->
                CompletableFuture.failedFuture(message.id().equals("i") ? fault : new IllegalStateException("boom")));

        // When
        Attempted expected;
        Attempted unexpected;
        List<String> logged;
        try (var log = new LogLines()) {
            expected = publishing.attempt(draft("i")).join();
            unexpected = publishing.attempt(draft("j")).join();
            logged = log.lines();
        }

        // Then
        assertThat(logged).singleElement().asString().contains("failed unexpectedly");
        assertThat(expected).isEqualTo(new Attempted.Failed(fault));
        assertThat(unexpected).isInstanceOfSatisfying(Attempted.Failed.class, failed -> {
            assertThat(failed.fault().code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failed.fault()).hasCauseInstanceOf(IllegalStateException.class);
        });
        assertThat(timed("failed")).isEqualTo(2);
    }

    @Test
    void messageBytes_areThoseOfTheData() {
        // Given
        Publishing publishing = publishing(broker);

        // When
        publishing.publish(new Draft(CHANNEL, RawJson.ofString("é"), null, null, null));

        // Then
        assertThat(registry.get("fanfare.publish.message.bytes").summary().totalAmount())
                .isEqualTo(4);
    }

    @Test
    void sequence_isStoredInItsOrderAndCountedByMessages() {
        // Given
        Publishing publishing = publishing(broker);
        publishing.publish(draft("b"));

        // When
        List<Published> published = publishing.publishAll(List.of(draft("a"), draft("b"), draft(null)));

        // Then
        assertThat(published).extracting(each -> each.position().offset()).containsExactly(2L, 1L, 3L);
        assertThat(published).extracting(Published::duplicate).containsExactly(false, true, false);
        assertThat(published.getLast().id()).matches("[0-9A-Za-z]{22}");
        assertThat(timed("stored")).isEqualTo(3);
        assertThat(timed("duplicate")).isEqualTo(1);
    }

    @Test
    void sequenceThatFails_countsEachMessage() {
        // Given
        broker.stop();
        Publishing publishing = publishing(broker);

        // When
        FanfareException fault = catchThrowableOfType(
                FanfareException.class, () -> publishing.publishAll(List.of(draft("a"), draft("b"))));

        // Then
        assertThat(fault.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE);
        assertThat(timed("failed")).isEqualTo(2);
    }

    @Test
    void draftsOfManyChannels_areAnsweredInTheirOrder() {
        // Given
        Publishing publishing = publishing(broker);
        Channel other = new Channel("other");

        // When
        List<Attempted> attempts = publishing.publishEach(
                List.of(draft("a"), new Draft(other, RawJson.ofString("x"), "o", null, null), draft("b")));

        // Then
        assertThat(attempts)
                .extracting(attempted -> ((Attempted.Stored) attempted).published())
                .extracting(published -> published.channel() + " " + published.id() + " "
                        + published.position().offset())
                .containsExactly("orders:1 a 1", "other o 1", "orders:1 b 2");
    }

    @Test
    void failureOfOneChannel_leavesTheOthersAlone() {
        // Given
        Channel broken = new Channel("broken");
        Channel buggy = new Channel("buggy");
        var fault = new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer");
        SequencePublisher sequences =
                messages -> switch (messages.getFirst().channel().name()) {
                    case "broken" -> CompletableFuture.failedFuture(fault);
                    case "buggy" -> CompletableFuture.failedFuture(new IllegalArgumentException("boom"));
                    default -> broker.publishAll(messages);
                };
        var publishing = new Publishing(
                broker, sequences, new MessageIds(new Random(1)), CLOCK, new PublishMetrics(registry), spans);

        // When
        List<Attempted> attempts = publishing.publishEach(List.of(
                new Draft(broken, RawJson.ofString("x"), null, null, null),
                draft("a"),
                new Draft(buggy, RawJson.ofString("x"), null, null, null)));

        // Then
        assertThat(attempts.get(0)).isEqualTo(new Attempted.Failed(fault));
        assertThat(attempts.get(1)).isInstanceOf(Attempted.Stored.class);
        assertThat(attempts.get(2))
                .isInstanceOfSatisfying(
                        Attempted.Failed.class,
                        failed -> assertThat(failed.fault().code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void tracedPublish_marksEveryMessageWithItsStep_whichEndsAsItDoes() {
        // Given
        spans = new MessageSpans(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(recorded))
                        .build())
                .build());
        List<Message> handedOver = new ArrayList<>();
        var sequences = new Publishing(
                broker,
                messages -> {
                    handedOver.addAll(messages);
                    return broker.publishAll(messages);
                },
                new MessageIds(new Random(1)),
                CLOCK,
                new PublishMetrics(registry),
                spans);

        // When
        sequences.publishAll(List.of(draft("a"), draft("b")));
        broker.stop();
        Attempted failed = publishing(broker).attempt(draft("c")).join();

        // Then
        assertThat(failed).isInstanceOf(Attempted.Failed.class);
        List<SpanData> steps = recorded.getFinishedSpanItems();
        assertThat(steps).extracting(SpanData::getName).containsExactly("publish", "publish");
        var step =
                TraceParent.of(steps.getFirst().getTraceId(), steps.getFirst().getSpanId());
        assertThat(handedOver).extracting(Message::origin).containsExactly(step, step);
        assertThat(steps.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(steps.getLast().getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("broker-unavailable");
    }

    private Publishing publishing(MessagePublisher publisher) {
        return new Publishing(
                publisher, broker, new MessageIds(new Random(1)), CLOCK, new PublishMetrics(registry), spans);
    }

    private static Draft draft(@Nullable String id) {
        return new Draft(CHANNEL, RawJson.ofString("x"), id, null, null);
    }

    private static Draft other(String id) {
        return new Draft(CHANNEL, RawJson.ofString("other"), id, null, null);
    }

    private long timed(String outcome) {
        return registry.get("fanfare.publish.duration")
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
