package dev.fanfare.contract.channel;

import java.time.Duration;
import java.util.List;

/// The ordered rules of an installation; all services read the same ones.
///
/// The first rule whose pattern holds a channel is the channel's rule. [#DEFAULT] follows the last.
public record ChannelRules(List<ChannelRule> rules) {

    /// For a channel that no rule names: the last 100 messages, for ten minutes after the newest.
    public static final ChannelRule DEFAULT = new ChannelRule(new ChannelPattern("*"), 100, Duration.ofMinutes(10));

    public ChannelRules {
        rules = List.copyOf(rules);
    }

    /// The rule of `channel`.
    public ChannelRule ruleFor(Channel channel) {
        for (ChannelRule rule : rules) {
            if (rule.pattern().matches(channel)) {
                return rule;
            }
        }
        return DEFAULT;
    }
}
