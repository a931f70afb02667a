package dev.fanfare.telemetry.source;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What comes next from a stream of events.
public sealed interface StreamOutcome {

    /// The server has taken the request; events may follow.
    record Connected() implements StreamOutcome {}

    /// An event to publish.
    ///
    /// | component | meaning                                                                          |
    /// |-----------|----------------------------------------------------------------------------------|
    /// | `type`    | its `event` field, or `message` when there was none                              |
    /// | `id`      | the newest `id` field of the stream, this event's or an earlier one's; or null   |
    record Received(Sample sample, String type, @Nullable String id) implements StreamOutcome {

        public boolean isOfDefaultType() {
            return type.equals(EventStreamParser.DEFAULT_TYPE);
        }
    }

    /// An event that cannot be published, and is left out. The stream goes on.
    record Skipped(Failed failed) implements StreamOutcome {}

    /// Nothing but a sign of life.
    record Alive() implements StreamOutcome {}

    /// There is no connection, or none any more. The next call opens one.
    ///
    /// @param retry how long the server wants its clients to wait before that, or null when it did not say
    record Lost(Failed failed, @Nullable Duration retry) implements StreamOutcome {}
}
