package dev.fanfare.benchmarks.load;

import org.jspecify.annotations.Nullable;

/// How a server wants to be asked for a channel.
public interface Dialect {

    /// What the upgrade asks for.
    String path(String channel);

    /// The first text after the upgrade, or null when the path has said it all.
    @Nullable
    String opening(String channel);

    /// What to answer to a frame that carries no message and begins with these bytes, or null. Bytes that
    /// are not there are -1.
    default @Nullable String answer(int first, int second, String channel) {
        return null;
    }

    /// Whether texts are sent as binary frames.
    default boolean isBinary() {
        return false;
    }
}
