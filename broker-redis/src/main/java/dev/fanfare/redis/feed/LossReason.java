package dev.fanfare.redis.feed;

import java.util.Locale;

/// Why a connection counts as lost.
public enum LossReason {
    /// Redis or something on the way has closed it.
    CLOSED,
    /// A command or an (un)subscribe was not answered in time.
    UNANSWERED,
    /// Redis answers but does not deliver.
    DEAF,
    /// A test message never came, but one that was sent later did: others were dropped with it.
    DROPPED,
    /// Redis has refused a subscribe.
    REFUSED,
    /// The server is not the primary any more.
    DEMOTED;

    /// Kebab-case, for metric tags and logs.
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
