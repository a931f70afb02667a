package dev.fanfare.messaging.admission;

/// A place for a publish, with the bytes of its request that are held in memory. Closing it gives those back too.
///
/// Used by one thread at a time.
public interface PublishPlace extends Place {

    /// What a caller is told when [#hold] refuses.
    String NO_ROOM = "the instance holds as many bytes of requests as it may; nothing was stored";

    /// Wants to hold `bytes` in all, never fewer than before.
    ///
    /// @return false, and nothing changes, when the instance would hold more than it may
    boolean hold(long bytes);
}
