package dev.fanfare.access.capability;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may be done with a channel. None of them implies another.
public enum Operation {
    /// Receive messages as they come.
    SUBSCRIBE,
    /// Publish messages.
    PUBLISH,
    /// See who is there, and be seen.
    PRESENCE,
    /// Read messages of the past.
    HISTORY,
    /// Make API keys, revoke tokens, see and close connections; so far only on all channels together.
    ADMIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The name in a capability claim.
    public String word() {
        return word;
    }

    static @Nullable Operation of(String word) {
        for (Operation operation : values()) {
            if (operation.word.equals(word)) {
                return operation;
            }
        }
        return null;
    }
}
