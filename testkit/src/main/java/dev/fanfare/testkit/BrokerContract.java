package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/// What the contract tests of a broker have in common.
///
/// The broker under test is set up with [#RULES] and [#IDEMPOTENCY_WINDOW]. Tests use channels that
/// nobody else uses.
abstract class BrokerContract {

    /// `eph.*` keeps nothing, `five.*` five messages for ten minutes, `brief.*` five for one second;
    /// the rest keeps a hundred.
    public static final ChannelRules RULES = new ChannelRules(List.of(
            new ChannelRule(new ChannelPattern("eph.*"), 0, Duration.ofMinutes(10)),
            new ChannelRule(new ChannelPattern("five.*"), 5, Duration.ofMinutes(10)),
            new ChannelRule(new ChannelPattern("brief.*"), 5, Duration.ofSeconds(1))));

    public static final Duration IDEMPOTENCY_WINDOW = Duration.ofSeconds(2);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    /// The same for all calls within one test.
    protected abstract BrokerUnderTest broker();

    protected final MessagePublisher publisher() {
        return broker().publisher();
    }

    protected final ChannelHistory history() {
        return broker().history();
    }

    protected final LeaseKeeper leases() {
        return broker().leases();
    }

    /// Waits for `future`; its failure is thrown as it is.
    protected static <T> T await(CompletableFuture<T> future) {
        try {
            return future.orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    protected static Channel newChannel(String kind) {
        return new Channel(kind + "." + UUID.randomUUID());
    }

    protected static Message message(Channel channel, String id) {
        return new Message(channel, id, RawJson.ofString("data of " + id), null, null, Instant.ofEpochMilli(1));
    }

    /// `message` with a JSON string as its data.
    protected static Message withData(Message message, String text) {
        return new Message(message.channel(), message.id(), RawJson.ofString(text), null, null, message.timestamp());
    }

    protected StreamPosition publish(Channel channel, String id) {
        return ((PublishOutcome.Stored) await(publisher().publish(message(channel, id)))).position();
    }

    /// Where the channel stands.
    protected StreamPosition position(Channel channel) {
        return await(history().tip(channel)).position();
    }

    /// Publishes `count` messages with the ids `m1`, `m2`, … and returns the last position.
    protected StreamPosition publishMany(Channel channel, int count) {
        StreamPosition last = position(channel);
        for (int i = 1; i <= count; i++) {
            last = publish(channel, "m" + i);
        }
        return last;
    }

    /// Whether `future` fails with `BROKER_UNAVAILABLE` in time.
    protected static void assertUnavailable(CompletableFuture<?> future) {
        Assertions.assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        FanfareException.class,
                        failure -> Assertions.assertThat(failure.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE));
    }
}
