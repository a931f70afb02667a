package dev.fanfare.contract.channel;

import java.time.Duration;

/// What holds for the channels of one pattern.
///
/// | component     | unit and range                                                                    |
/// |---------------|-----------------------------------------------------------------------------------|
/// | `pattern`     | the channels it is for                                                            |
/// | `historySize` | messages kept per channel, 0 to 100,000; 0 makes the channel ephemeral            |
/// | `historyTtl`  | how long the stream lives after its newest message, from 1 s                      |
/// | `replicas`    | replicas of Redis that must have a message before it counts as published, 0 to 10   |
/// | `conflates`   | whether a subscriber that cannot keep up gets only the newest message             |
public record ChannelRule(
        ChannelPattern pattern, int historySize, Duration historyTtl, int replicas, boolean conflates) {

    /// Most messages that a rule may keep per channel.
    public static final int MAX_HISTORY_SIZE = 100_000;

    /// Most replicas that a rule may wait for.
    public static final int MAX_REPLICAS = 10;

    public ChannelRule {
        if (historySize < 0 || historySize > MAX_HISTORY_SIZE) {
            throw new IllegalArgumentException("history size is 0 to " + MAX_HISTORY_SIZE + " but is " + historySize);
        }
        if (historyTtl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("history ttl is at least 1 s but is " + historyTtl);
        }
        if (replicas < 0 || replicas > MAX_REPLICAS) {
            throw new IllegalArgumentException("replicas are 0 to " + MAX_REPLICAS + " but are " + replicas);
        }
    }

    /// A rule that waits for no replica and leaves no message out.
    public ChannelRule(ChannelPattern pattern, int historySize, Duration historyTtl) {
        this(pattern, historySize, historyTtl, 0, false);
    }

    /// Whether its channels keep nothing: delivery is at most once and nothing can be recovered.
    public boolean isEphemeral() {
        return historySize == 0;
    }
}
