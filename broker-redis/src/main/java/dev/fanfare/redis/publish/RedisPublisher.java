package dev.fanfare.redis.publish;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.redis.keys.EpochSource;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Publishes with `publish.lua`.
///
/// A publish whose reply was lost is sent again until the command timeout, which is safe because the
/// message id makes it count once. `duplicate` stays false when only this very call was repeated.
///
/// Where the channel's rule wants replicas, a publish completes when so many have the message. When they
/// do not in time it fails with `BROKER_UNAVAILABLE`, although the message is stored and announced;
/// publishing it again waits for the replicas again.
public final class RedisPublisher implements MessagePublisher {

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
        Channel channel = message.channel();
        ChannelRule rule = rules.ruleFor(channel);
        return scripts.run(
                        LuaScript.PUBLISH,
                        List.of(keys.meta(channel), keys.stream(channel), keys.idempotency(channel, message.id())),
                        List.of(
                                StoredMessage.of(message).utf8(),
                                keys.announcement(channel),
                                settings.announceCommand(),
                                tickets.next(),
                                rule.historySize(),
                                rule.historyTtl().toMillis(),
                                metaTtl(rule).toMillis(),
                                settings.idempotencyWindow().toMillis(),
                                fence,
                                rule.replicas() > 0 ? 1 : 0),
                        rule.replicas())
                .thenApply(RedisPublisher::outcomeOf);
    }

    /// An expired stream must be noticed, so its meta lives on.
    private Duration metaTtl(ChannelRule rule) {
        Duration least = rule.historyTtl().multipliedBy(2);
        return settings.metaTtl().compareTo(least) < 0 ? least : settings.metaTtl();
    }

    private static PublishOutcome outcomeOf(ScriptReply reply) {
        if (reply.size() == 1) {
            return new PublishOutcome.FencedOff();
        }
        var position = new StreamPosition(reply.get(0).text(), reply.get(1).number());
        return new PublishOutcome.Stored(position, reply.get(2).number() == 1);
    }
}
