package dev.fanfare.redis.resp;

import java.util.Locale;

/// A command that changes what a connection is subscribed to.
public enum PubSubVerb {
    SUBSCRIBE,
    UNSUBSCRIBE,
    SSUBSCRIBE,
    SUNSUBSCRIBE;

    private final String acknowledgement = name().toLowerCase(Locale.ROOT);

    /// The kind of push with which Redis acknowledges each name.
    String acknowledgement() {
        return acknowledgement;
    }

    static boolean isUnsubscribe(String acknowledgement) {
        return acknowledgement.equals(UNSUBSCRIBE.acknowledgement)
                || acknowledgement.equals(SUNSUBSCRIBE.acknowledgement);
    }
}
