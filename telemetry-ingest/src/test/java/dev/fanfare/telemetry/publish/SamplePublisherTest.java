package dev.fanfare.telemetry.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.PublishOutcome.Stored;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.testkit.VirtualClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SamplePublisherTest {

    private static final Sample SAMPLE = new Sample(RawJson.ofString("x"), false);

    private final CompletableFuture<PublishOutcome> answer = new CompletableFuture<>();
    private final MessagePublisher broker = (_, _) -> answer;
    private final VirtualClock clock = new VirtualClock();
    private final SamplePublisher publisher = new SamplePublisher("iss", new Channel("c"), broker, clock);

    @Test
    void sample_becomesAMessageWithTheTimeOfItsAcceptance() {
        // When
        Message message = publisher.toMessage(SAMPLE, 9);

        // Then
        assertThat(message)
                .isEqualTo(new Message(
                        new Channel("c"), "iss-9-1", SAMPLE.data(), null, "telemetry-ingest", clock.instant()));
    }

    @Test
    void anotherTenure_goesOnCounting() {
        // Given: the same fence may come back when Redis has forgotten it
        publisher.toMessage(SAMPLE, 9);

        // When, Then
        assertThat(publisher.toMessage(SAMPLE, 9).id()).isEqualTo("iss-9-2");
    }

    @Test
    void faultOfTheBroker_keepsItsCode() {
        // Given
        answer.completeExceptionally(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));

        // When, Then
        assertThatThrownBy(() -> publisher.publish(publisher.toMessage(SAMPLE, 9), 9))
                .isInstanceOfSatisfying(
                        FanfareException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE));
    }

    @Test
    void otherFault_isWrappedWithItsText() {
        // Given
        answer.completeExceptionally(new IllegalStateException("OOM command not allowed"));

        // When, Then
        assertThatThrownBy(() -> publisher.publish(publisher.toMessage(SAMPLE, 9), 9))
                .isInstanceOf(FanfareException.class)
                .hasMessageContaining("OOM command not allowed");
    }

    @Test
    void interruption_doesNotCutThePublishShort() {
        // Given
        var stored = new Stored(new StreamPosition("e", 1), false);
        answer.completeOnTimeout(stored, 100, TimeUnit.MILLISECONDS);

        // When
        Thread.currentThread().interrupt();
        PublishOutcome outcome = publisher.publish(publisher.toMessage(SAMPLE, 9), 9);

        // Then
        assertThat(outcome).isEqualTo(stored);
        assertThat(Thread.interrupted()).isTrue();
    }
}
