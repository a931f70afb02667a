package dev.fanfare.telemetry.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.StreamOutcome.Received;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

    private static final Sample SAMPLE = new Sample(RawJson.ofString("x"), false);

    private final Channel channel = new Channel("c");
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final SamplePublisher publisher = new SamplePublisher("s", channel, broker, clock);
    private final Bookmark bookmark = new Bookmark("s", channel, broker);

    @Test
    void emptyChannel_saysNothing() throws InterruptedException {
        // When, Then
        assertThat(bookmark.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "a-b-3", "2026-11-24T12:00:00Z/é", " x "})
    void eventId_isFoundInTheNewestMessage(String id) throws InterruptedException {
        // Given
        publish("0");
        publish(id);

        // When, Then
        assertThat(bookmark.read()).contains(id);
    }

    @Test
    void eventWithoutId_saysNothing() throws InterruptedException {
        // Given
        publish("0");
        publish(null);

        // When, Then
        assertThat(bookmark.read()).isEmpty();
    }

    @Test
    void newestMessageOfSomebodyElse_saysNothing() throws InterruptedException {
        // Given
        publish("0");
        broker.publish(new Message(channel, "other-1-1-9", SAMPLE.data(), null, null, clock.instant()))
                .join();

        // When, Then
        assertThat(bookmark.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {122, 123})
    void idThatFitsInNoMessageId_isLeftOut(int length) {
        // Given: the id begins with s-42-1-, and has at most 128 characters
        String eventId = "i".repeat(length);

        // When
        Message message = publisher.toMessage(new Received(SAMPLE, "message", eventId), 42);

        // Then
        assertThat(message.id()).isEqualTo("s-42-1");
    }

    @Test
    void idThatJustFits_isKept() {
        // When
        Message message = publisher.toMessage(new Received(SAMPLE, "message", "i".repeat(121)), 42);

        // Then
        assertThat(message.id()).hasSize(128);
    }

    @Test
    void eventsWithOneId_areDifferentMessages() {
        // When, Then
        assertThat(publisher.toMessage(new Received(SAMPLE, "message", "7"), 42).id())
                .isEqualTo("s-42-1-7");
        assertThat(publisher.toMessage(new Received(SAMPLE, "message", "7"), 42).id())
                .isEqualTo("s-42-2-7");
    }

    @Test
    void type_isTheNameUnlessItIsTheDefault() {
        // When, Then
        assertThat(publisher.toMessage(new Received(SAMPLE, "price", null), 1).name())
                .isEqualTo("price");
        assertThat(publisher.toMessage(new Received(SAMPLE, "message", null), 1).name())
                .isNull();
        assertThat(publisher
                        .toMessage(new Received(SAMPLE, "t".repeat(129), null), 1)
                        .name())
                .isNull();
    }

    @Test
    void redisThatDoesNotAnswer_isAFaultAndNotNothing() {
        // Given
        broker.stop();

        // When, Then
        assertThatThrownBy(bookmark::read).isInstanceOf(IllegalStateException.class);
    }

    private void publish(@Nullable String eventId) {
        Message message = publisher.toMessage(new Received(SAMPLE, "message", eventId), 1);
        broker.publish(message).join();
    }
}
