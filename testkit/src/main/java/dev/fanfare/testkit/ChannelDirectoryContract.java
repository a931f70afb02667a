package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ChannelDirectory] does.
public abstract class ChannelDirectoryContract extends BrokerContract {

    @Test
    public void unknownChannel_hasNoPositionAndStaysUnknown() {
        // Given
        Channel channel = newChannel("any");

        // When
        await(directory().status(channel));
        ChannelStatus status = await(directory().status(channel));

        // Then
        assertThat(status).isEqualTo(new ChannelStatus(channel, null, 0, 0));
    }

    @Test
    public void status_tellsTheEndOfTheStreamAndWhatIsKept() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition top = publishMany(channel, 7);

        // When
        ChannelStatus status = await(directory().status(channel));

        // Then
        assertThat(status).isEqualTo(new ChannelStatus(channel, top, 5, 0));
    }

    @Test
    public void expiredChannel_keepsItsPositionAndIsNotActive() {
        // Given
        Channel channel = newChannel("brief");
        StreamPosition top = publishMany(channel, 3);

        // When
        broker().passTime(Duration.ofMillis(1100));

        // Then
        assertThat(await(directory().status(channel))).isEqualTo(new ChannelStatus(channel, top, 0, 0));
        assertThat(all(channel.name(), 10)).isEmpty();
    }

    @Test
    public void channelThatComesBack_isListedAgain() {
        // Given
        Channel channel = newChannel("brief");
        publishMany(channel, 1);
        broker().passTime(Duration.ofMillis(1100));
        all(channel.name(), 10);

        // When
        publish(channel, "again");

        // Then
        assertThat(all(channel.name(), 10)).containsExactly(channel);
    }

    @Test
    public void forgottenChannel_isNotListed() {
        // Given
        Channel channel = newChannel("any");
        publish(channel, "a");

        // When
        broker().forgetAll();

        // Then
        assertThat(all(channel.name(), 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    public void listing_hasEachChannelOfThePrefixOnce(int limit) {
        // Given
        String prefix = "list." + UUID.randomUUID() + ".";
        List<Channel> channels =
                IntStream.range(0, 60).mapToObj(i -> new Channel(prefix + i)).toList();
        channels.forEach(channel -> publish(channel, "a"));
        publish(new Channel(prefix.substring(0, prefix.length() - 1)), "a");

        // When
        List<Channel> listed = all(prefix, limit);

        // Then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(channels);
    }

    @Test
    public void listing_tellsHowChannelsStand() {
        // Given
        Channel channel = newChannel("five");
        StreamPosition top = publishMany(channel, 7);

        // When
        ChannelListing listing = await(directory().list(channel.name(), null, 10));

        // Then
        assertThat(listing.channels()).containsExactly(new ChannelStatus(channel, top, 5, 0));
        assertThat(listing.next()).isNull();
    }

    @Test
    public void channelsThatComeAndGo_leaveTheOthersListedOnce() {
        // Given
        String prefix = "stay." + UUID.randomUUID() + ".";
        List<Channel> staying =
                IntStream.range(0, 40).mapToObj(i -> new Channel(prefix + i)).toList();
        staying.forEach(channel -> publish(channel, "a"));

        // When
        List<Channel> listed = new ArrayList<>();
        String cursor = null;
        int page = 0;
        do {
            ChannelListing listing = await(directory().list(prefix, cursor, 3));
            listing.channels().forEach(status -> listed.add(status.channel()));
            cursor = listing.next();
            publish(new Channel(prefix + "new" + page++), "a");
        } while (cursor != null);

        // Then
        assertThat(listed).doesNotHaveDuplicates().containsAll(staying);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "x", "x.a", "256.a", "-1.a", "1.a b", "99999999999.a", "1"})
    public void cursorThatWasNeverGiven_isAMistakeOfTheCaller(String cursor) {
        assertThatIllegalArgumentException().isThrownBy(() -> await(directory().list("a", cursor, 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, ChannelDirectory.MAX_LIMIT + 1})
    public void limitOutOfRange_isAMistakeOfTheCaller(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> await(directory().list("a", null, limit)));
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // Given
        Channel channel = newChannel("any");

        // When
        broker().breakDown();

        // Then
        assertUnavailable(directory().status(channel));
        assertUnavailable(directory().list("", null, 10));
        broker().repair();
        assertThat(await(directory().status(channel)).isActive()).isFalse();
    }

    private ChannelDirectory directory() {
        return broker().directory();
    }

    private List<Channel> all(String prefix, int limit) {
        List<Channel> all = new ArrayList<>();
        String cursor = null;
        do {
            ChannelListing listing = await(directory().list(prefix, cursor, limit));
            assertThat(listing.channels()).hasSizeLessThanOrEqualTo(limit);
            listing.channels().forEach(status -> all.add(status.channel()));
            cursor = listing.next();
        } while (cursor != null);
        return all;
    }
}
