package dev.fanfare.telemetry.poll;

import dev.fanfare.telemetry.source.SourceSettings;

/// What the leader of a source does while its tenure lasts.
public interface SourceLoop {

    SourceSettings settings();

    /// Runs until `tenure` ends or the thread is interrupted. A publish that is under way is finished
    /// first. One thread at a time.
    void run(Tenure tenure);

    /// Whether the loop runs and has not been heard of for too long.
    boolean isStuck();
}
