package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.testkit.RecordingListener.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [ChannelFeed] does.
///
/// The feed under test is new for each test and not started.
public abstract class ChannelFeedContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordingListener listener = new RecordingListener();
    private final Channel channel = new Channel("feed." + UUID.randomUUID());

    protected abstract ChannelFeed feed();

    /// A publisher to the same Redis, with any rules.
    protected abstract MessagePublisher publisher();

    /// Does what `PUBLISH <channel> <text>` does.
    protected abstract void publishPlain(Channel channel, String text);

    /// Cuts the connections of the feed; it may come back at any time from now.
    protected abstract void cut();

    /// Makes sure that the feed can come back after [#cut].
    protected abstract void mend();

    @BeforeEach
    void start() {
        feed().start(listener);
    }

    @Test
    public void subscribedChannel_isDeliveredOnceAndInOrder() {
        // Given
        await(feed().subscribe(channel));

        // When
        publishMany(channel, 1, 200);

        // Then
        awaitOffsets(LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    public void deliveredMessage_isTheOnePublished() {
        // Given
        await(feed().subscribe(channel));

        // When
        Message message = message(channel, "m:1:2");
        PublishOutcome.Stored stored = (PublishOutcome.Stored) await(publisher().publish(message));

        // Then
        awaitOffsets(List.of(1L));
        Publication delivered = listener.publications(channel).getFirst();
        assertThat(delivered.position()).isEqualTo(stored.position());
        assertThat(delivered.message()).isEqualTo(StoredMessage.of(message));
    }

    @Test
    public void deliveredMessages_areChainedFromTheStart() {
        // Given
        await(feed().subscribe(channel));

        // When
        publishMany(channel, 1, 3);

        // Then
        awaitOffsets(List.of(1L, 2L, 3L));
        List<Publication> delivered = listener.publications(channel);
        Tip last = Tip.startOf(delivered.getFirst().position().epoch());
        for (Publication next : delivered) {
            assertThat(last.isFollowedBy(next)).isTrue();
            last = next.tip();
        }
    }

    @Test
    public void otherChannels_areNotDelivered() {
        // Given
        Channel other = new Channel(channel.name() + ".other");
        await(feed().subscribe(channel));

        // When
        publishMany(other, 1, 3);
        publishMany(channel, 1, 1);

        // Then
        awaitOffsets(List.of(1L));
        assertThat(listener.events(other)).isEmpty();
    }

    @Test
    public void idSeenBefore_isNotDeliveredAgain() {
        // Given
        await(feed().subscribe(channel));

        // When
        publishMany(channel, 1, 1);
        publishMany(channel, 1, 2);

        // Then
        awaitOffsets(List.of(1L, 2L));
    }

    @Test
    public void subscribingTwice_deliversOnce() {
        // Given
        CompletableFuture<Void> first = feed().subscribe(channel);
        CompletableFuture<Void> second = feed().subscribe(channel);
        await(first);
        await(second);

        // When
        publishMany(channel, 1, 2);

        // Then
        awaitOffsets(List.of(1L, 2L));
    }

    @Test
    public void unsubscribedChannel_isDeliveredAgainAfterTheNextSubscribe() {
        // Given
        Channel witness = new Channel(channel.name() + ".witness");
        await(feed().subscribe(channel));
        feed().unsubscribe(channel);
        await(feed().subscribe(witness));
        await(publisher().publish(message(witness, "w")));
        Awaitility.await().atMost(SOON).until(() -> !listener.offsets(witness).isEmpty());

        // When
        await(feed().subscribe(channel));
        publishMany(channel, 1, 2);

        // Then
        awaitOffsets(List.of(1L, 2L));
    }

    @Test
    public void manyChannels_areAllDelivered() {
        // Given
        List<Channel> channels = LongStream.range(0, 500)
                .mapToObj(i -> new Channel(channel.name() + "." + i))
                .toList();
        channels.stream().map(feed()::subscribe).toList().forEach(ChannelFeedContract::await);

        // When
        channels.stream()
                .map(each -> publisher().publish(message(each, "m")))
                .toList()
                .forEach(ChannelFeedContract::await);

        // Then
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(channels)
                        .allSatisfy(each -> assertThat(listener.offsets(each)).containsExactly(1L)));
    }

    @Test
    public void plainMessage_isDeliveredAsTheTextItWas() {
        // Given
        await(feed().subscribe(channel));

        // When
        publishPlain(channel, "1:looks:2:like {\"ours\"} ☂");

        // Then
        awaitEvents(List.of(new Event.Plain(channel, "1:looks:2:like {\"ours\"} ☂")));
    }

    @Test
    public void cutFeed_tellsLostThenRegainedThenDelivers() {
        // Given
        await(feed().subscribe(channel));
        publishMany(channel, 1, 1);
        awaitOffsets(List.of(1L));

        // When
        cut();
        Awaitility.await().atMost(SOON).until(() -> listener.events(channel).contains(new Event.Lost(channel)));
        mend();
        Awaitility.await().atMost(SOON).until(() -> listener.events(channel).contains(new Event.Regained(channel)));
        publishMany(channel, 2, 2);

        // Then
        awaitOffsets(List.of(1L, 2L));
        List<Event> events = listener.events(channel);
        assertThat(events.indexOf(new Event.Lost(channel))).isLessThan(events.indexOf(new Event.Regained(channel)));
        assertThat(events.getLast()).isInstanceOf(Event.Published.class);
    }

    @Test
    public void cutFeed_isLiveAgainAfterwards() {
        // Given
        await(feed().subscribe(channel));
        Awaitility.await().atMost(SOON).until(feed()::isLive);

        // When
        cut();
        mend();

        // Then
        Awaitility.await().atMost(SOON).until(feed()::isLive);
    }

    @Test
    public void closedFeed_isNotLive() {
        // Given
        await(feed().subscribe(channel));

        // When
        feed().close();

        // Then
        assertThat(feed().isLive()).isFalse();
    }

    @Test
    public void unsubscribeBeforeTheAcknowledgement_endsTheWait() {
        // Given
        cut();

        // When
        CompletableFuture<Void> subscribed = feed().subscribe(channel);
        feed().unsubscribe(channel);

        // Then: either way, for the feed may have come back by itself before
        Awaitility.await().atMost(SOON).until(subscribed::isDone);
        mend();
    }

    private void publishMany(Channel target, int from, int to) {
        for (int i = from; i <= to; i++) {
            await(publisher().publish(message(target, "m" + i)));
        }
    }

    private static Message message(Channel channel, String id) {
        return new Message(channel, id, RawJson.ofString(id), null, null, Instant.ofEpochMilli(1));
    }

    private void awaitOffsets(List<Long> offsets) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(listener.offsets(channel)).isEqualTo(offsets));
    }

    private void awaitEvents(List<Event> events) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(listener.events(channel)).isEqualTo(events));
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
