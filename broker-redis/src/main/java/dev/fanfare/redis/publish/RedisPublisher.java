package dev.fanfare.redis.publish;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.SequenceOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Fingerprint;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.redis.keys.EpochSource;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Publishes with `publish.lua`.
///
/// A publish whose reply was lost is sent again until the command timeout, which is safe because the
/// message id makes it count once. `duplicate` stays false when only this very call was repeated.
///
/// Where the channel's rule wants replicas, a publish completes when so many have the message. When they
/// do not in time it fails with `BROKER_UNAVAILABLE`, although the message is stored and announced;
/// publishing it again waits for the replicas again.
public final class RedisPublisher implements MessagePublisher, SequencePublisher {

    /// Epoch, offset and whether it is a duplicate, for each message.
    private static final int REPLY_PARTS = 3;

    // What a reply begins with instead; no epoch is so short.
    private static final String TAKEN = "TAKEN";
    private static final String FENCED = "FENCED";

    private final ScriptRunner scripts;
    private final RedisKeys keys;
    private final ChannelRules rules;
    private final EpochSource tickets;
    private final PublishSettings settings;

    public RedisPublisher(
            ScriptRunner scripts, RedisKeys keys, ChannelRules rules, EpochSource tickets, PublishSettings settings) {
        this.scripts = scripts;
        this.keys = keys;
        this.rules = rules;
        this.tickets = tickets;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<PublishOutcome> publish(Message message, long fence) {
        return run(List.of(message), fence).thenApply(RedisPublisher::outcomeOf);
    }

    @Override
    public CompletableFuture<SequenceOutcome> publishAll(List<Message> messages) {
        if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            throw new IllegalArgumentException("1 to " + MAX_MESSAGES + " messages, not " + messages.size());
        }
        return run(messages, NO_FENCE).thenApply(reply -> sequenceOutcomeOf(reply, messages.size()));
    }

    private CompletableFuture<ScriptReply> run(List<Message> messages, long fence) {
        Channel channel = messages.getFirst().channel();
        ChannelRule rule = rules.ruleFor(channel);
        List<String> scriptKeys = new ArrayList<>(3 + messages.size());
        scriptKeys.add(keys.meta(channel));
        scriptKeys.add(keys.stream(channel));
        scriptKeys.add(keys.channels(Partition.of(channel)));
        List<Object> arguments = new ArrayList<>(8 + 3 * messages.size());
        arguments.add(keys.announcement(channel));
        arguments.add(settings.announceCommand());
        arguments.add(rule.historySize());
        arguments.add(rule.historyTtl().toMillis());
        arguments.add(metaTtl(rule).toMillis());
        arguments.add(settings.idempotencyWindow().toMillis());
        arguments.add(fence);
        arguments.add(rule.replicas() > 0 ? 1 : 0);
        for (Message message : messages) {
            if (!message.channel().equals(channel)) {
                throw new IllegalArgumentException("messages of " + channel + " and " + message.channel());
            }
            scriptKeys.add(keys.idempotency(channel, message.id()));
            arguments.add(tickets.next());
            arguments.add(Fingerprint.of(message));
            arguments.add(StoredMessage.of(message).utf8());
        }
        return scripts.run(LuaScript.PUBLISH, scriptKeys, arguments, rule.replicas());
    }

    /// An expired stream must be noticed, so its meta lives on.
    private Duration metaTtl(ChannelRule rule) {
        Duration least = rule.historyTtl().multipliedBy(2);
        return settings.metaTtl().compareTo(least) < 0 ? least : settings.metaTtl();
    }

    private static PublishOutcome outcomeOf(ScriptReply reply) {
        return switch (reply.get(0).text()) {
            case TAKEN -> new PublishOutcome.IdTaken();
            case FENCED -> new PublishOutcome.FencedOff();
            default -> storedOf(reply, 0);
        };
    }

    private static SequenceOutcome sequenceOutcomeOf(ScriptReply reply, int messages) {
        return reply.get(0).text().equals(TAKEN)
                ? new SequenceOutcome.IdsTaken(IntStream.range(1, reply.size())
                        .mapToObj(i -> (int) reply.get(i).number())
                        .toList())
                : new SequenceOutcome.Stored(IntStream.range(0, messages)
                        .mapToObj(i -> storedOf(reply, i))
                        .toList());
    }

    private static PublishOutcome.Stored storedOf(ScriptReply reply, int index) {
        int at = REPLY_PARTS * index;
        var position =
                new StreamPosition(reply.get(at).text(), reply.get(at + 1).number());
        return new PublishOutcome.Stored(position, reply.get(at + 2).number() == 1);
    }
}
