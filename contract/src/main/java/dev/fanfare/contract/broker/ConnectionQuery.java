package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Which connections are to be listed.
///
/// | component | meaning, range                                                         |
/// |-----------|------------------------------------------------------------------------|
/// | `subject` | only those of this subject, or null for all                            |
/// | `channel` | only those that tell of this channel, or null for all                  |
/// | `after`   | only those behind this place, or null to begin                         |
/// | `limit`   | most of them, 1 to [ConnectionRegistry#MAX_LIMIT]                      |
public record ConnectionQuery(
        @Nullable String subject,
        @Nullable Channel channel,
        @Nullable ConnectionPlace after,
        int limit) {

    public ConnectionQuery {
        if (limit < 1 || limit > ConnectionRegistry.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "the limit is 1 to " + ConnectionRegistry.MAX_LIMIT + " but is " + limit);
        }
    }
}
