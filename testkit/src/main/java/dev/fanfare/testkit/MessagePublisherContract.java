package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.MessagePublisher] does.
public abstract class MessagePublisherContract extends BrokerContract {

    @Test
    public void firstMessages_getOffsetsFromOneInOneEpoch() {
        // Given
        Channel channel = newChannel("any");

        // When
        StreamPosition first = publish(channel, "a");
        StreamPosition second = publish(channel, "b");

        // Then
        assertThat(first.offset()).isEqualTo(1);
        assertThat(first.epoch()).matches("[0-9A-Za-z]{1,16}");
        assertThat(first.isFollowedBy(second)).isTrue();
    }

    @Test
    public void channels_countForThemselves() {
        assertThat(publish(newChannel("any"), "a").offset()).isEqualTo(1);
        assertThat(publish(newChannel("any"), "a").offset()).isEqualTo(1);
    }

    @Test
    public void idSeenBefore_isAnsweredWithItsFirstPosition() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition first = publish(channel, "a");
        publish(channel, "b");

        // When
        PublishOutcome again = await(publisher().publish(message(channel, "a")));

        // Then
        assertThat(again).isEqualTo(new PublishOutcome.Stored(first, true));
        assertThat(position(channel).offset()).isEqualTo(2);
    }

    @Test
    public void sameContentAtAnotherTime_isTheSameMessage() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition first = publish(channel, "a");
        var later = new Message(
                channel, "a", message(channel, "a").data(), null, null, Instant.ofEpochMilli(Long.MAX_VALUE >> 12));

        // When
        PublishOutcome again = await(publisher().publish(later));

        // Then
        assertThat(again).isEqualTo(new PublishOutcome.Stored(first, true));
    }

    @Test
    public void idOfAnotherMessage_isRefusedAndChangesNothing() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition first = publish(channel, "a");

        // When
        PublishOutcome other = await(publisher().publish(withData(message(channel, "a"), "other")));
        PublishOutcome again = await(publisher().publish(message(channel, "a")));

        // Then
        assertThat(other).isEqualTo(new PublishOutcome.IdTaken());
        assertThat(again).isEqualTo(new PublishOutcome.Stored(first, true));
        assertThat(position(channel)).isEqualTo(first);
    }

    @Test
    public void sameIdInAnotherChannel_isAnotherMessage() {
        // Given
        publish(newChannel("any"), "a");

        // When
        PublishOutcome other = await(publisher().publish(message(newChannel("any"), "a")));

        // Then
        assertThat(other)
                .isInstanceOfSatisfying(
                        PublishOutcome.Stored.class,
                        stored -> assertThat(stored.duplicate()).isFalse());
    }

    @Test
    public void hundredPublishesOfOneIdAtATime_storeOne() {
        // Given
        Channel channel = newChannel("any");

        // When
        List<CompletableFuture<PublishOutcome>> futures = IntStream.range(0, 100)
                .parallel()
                .mapToObj(_ -> publisher().publish(message(channel, "same")))
                .toList();
        List<PublishOutcome> outcomes =
                futures.stream().map(BrokerContract::await).toList();

        // Then
        StreamPosition top = position(channel);
        assertThat(top.offset()).isEqualTo(1);
        assertThat(outcomes).containsOnlyOnce(new PublishOutcome.Stored(top, false));
        assertThat(outcomes.stream().filter(new PublishOutcome.Stored(top, true)::equals))
                .hasSize(99);
    }

    @Test
    public void idAfterTheWindow_isANewMessage() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "a");

        // When
        broker().passTime(IDEMPOTENCY_WINDOW.plusMillis(100));
        PublishOutcome again = await(publisher().publish(message(channel, "a")));

        // Then
        assertThat(again).isInstanceOfSatisfying(PublishOutcome.Stored.class, stored -> {
            assertThat(stored.duplicate()).isFalse();
            assertThat(stored.position().offset()).isEqualTo(2);
        });
    }

    @Test
    public void publishesWithoutWaiting_keepTheirOrder() {
        // Given
        Channel channel = newChannel("any");

        // When
        List<CompletableFuture<PublishOutcome>> futures = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            futures.add(publisher().publish(message(channel, "m" + i)));
        }
        List<Long> offsets = futures.stream()
                .map(BrokerContract::await)
                .map(outcome -> ((PublishOutcome.Stored) outcome).position().offset())
                .toList();

        // Then
        assertThat(offsets).isEqualTo(LongStream.rangeClosed(1, 2_000).boxed().toList());
    }

    @Test
    public void storedMessage_isTheOnePublished() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition before = position(channel);

        // When
        StreamPosition position = publish(channel, "tück\"isch ☂");

        // Then
        HistorySlice slice = await(history().since(channel, before, 10));
        assertThat(slice.top().position()).isEqualTo(position);
        assertThat(((HistorySlice.Complete) slice).publications())
                .extracting(Publication::message)
                .containsExactly(StoredMessage.of(message(channel, "tück\"isch ☂")));
    }

    @Test
    public void newerFence_shutsOutTheOlderOne() {
        // Given
        Channel channel = newChannel("any");
        await(publisher().publish(message(channel, "a"), 7));
        await(publisher().publish(message(channel, "b"), 8));

        // When
        PublishOutcome late = await(publisher().publish(message(channel, "c"), 7));

        // Then
        assertThat(late).isEqualTo(new PublishOutcome.FencedOff());
        assertThat(position(channel).offset()).isEqualTo(2);
    }

    @Test
    public void fencedOffId_canBePublishedByTheNewerOwner() {
        // Given
        Channel channel = newChannel("any");
        await(publisher().publish(message(channel, "a"), 8));
        await(publisher().publish(message(channel, "b"), 7));

        // When
        StreamPosition position = publish(channel, "b");

        // Then
        assertThat(position.offset()).isEqualTo(2);
    }

    @Test
    public void publisherWithoutFence_isNeverShutOut() {
        // Given
        Channel channel = newChannel("any");
        await(publisher().publish(message(channel, "a"), Long.MAX_VALUE >> 12));

        // When
        StreamPosition position = publish(channel, "b");

        // Then
        assertThat(position.offset()).isEqualTo(2);
    }

    @Test
    public void forgottenChannel_startsANewEpochAtOne() {
        // Given
        Channel channel = newChannel("any");
        StreamPosition before = publishMany(channel, 3);

        // When
        broker().forgetAll();
        StreamPosition after = publish(channel, "m1");

        // Then
        assertThat(after.offset()).isEqualTo(1);
        assertThat(after.isSameEpochAs(before)).isFalse();
    }

    @Test
    public void ephemeralChannel_countsAndKnowsIds() {
        // Given
        Channel channel = newChannel("eph");
        StreamPosition first = publish(channel, "a");

        // When
        PublishOutcome again = await(publisher().publish(message(channel, "a")));

        // Then
        assertThat(again).isEqualTo(new PublishOutcome.Stored(first, true));
        assertThat(publish(channel, "b").offset()).isEqualTo(2);
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "a");

        // When
        broker().breakDown();
        CompletableFuture<PublishOutcome> lost = publisher().publish(message(channel, "b"));

        // Then
        assertUnavailable(lost);
        broker().repair();
        assertThat(await(publisher().publish(message(channel, "b")))).isInstanceOf(PublishOutcome.Stored.class);
    }
}
