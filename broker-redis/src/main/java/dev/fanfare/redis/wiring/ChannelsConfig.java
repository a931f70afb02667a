package dev.fanfare.redis.wiring;

import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// What holds for which channels.
///
/// All services of one installation must have the same rules.
@ConfigMapping(prefix = "fanfare.channels")
public interface ChannelsConfig {

    /// The rules in order: the first whose pattern holds a channel is the channel's. A channel that no
    /// rule names keeps 100 messages for ten minutes.
    List<Rule> rules();

    /// One rule.
    interface Rule {

        /// The channels it is for: a channel name in which `*` stands for any run of characters.
        String pattern();

        /// Messages kept per channel, 0 to 100000; 0 makes the channel ephemeral. More cost memory in
        /// Redis: the messages, and some 20 bytes each.
        @WithDefault("100")
        int historySize();

        /// How long messages are kept after the newest one, from 1 s.
        @WithDefault("10M")
        Duration historyTtl();

        /// Replicas of Redis that must have a message before its publish is acknowledged, 0 to 10. When
        /// too few confirm within half the command timeout, the publish fails though the message is
        /// stored and announced; it may be repeated with the same id. Costs the way to a replica and
        /// back per publish, and a connection of its own. It makes the loss of acknowledged messages in
        /// a failover unlikely, not impossible.
        @WithDefault("0")
        int replicas();

        /// Whether a subscriber that cannot keep up gets only the newest message, with the number of those
        /// that were left out, instead of being closed as slow. For values of which only the latest
        /// counts: positions, prices. Of no use where each message matters.
        @WithDefault("false")
        boolean conflate();
    }

    /// The same in the terms of the contract.
    ///
    /// @throws IllegalArgumentException if a value is out of its range; the message names the rule
    static ChannelRules toRules(ChannelsConfig config) {
        return new ChannelRules(
                config.rules().stream().map(ChannelsConfig::toRule).toList());
    }

    private static ChannelRule toRule(Rule rule) {
        try {
            return new ChannelRule(
                    new ChannelPattern(rule.pattern()),
                    rule.historySize(),
                    rule.historyTtl(),
                    rule.replicas(),
                    rule.conflate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fanfare.channels.rules with pattern \"" + rule.pattern() + "\": " + e.getMessage(), e);
        }
    }
}
