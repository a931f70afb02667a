package dev.fanfare.publisher.http;

import java.util.List;

/// What became of the attempt to read a request as a batch.
sealed interface BatchReading {

    /// What each message says, understood or refused, in their order; at least one.
    record Messages(List<PublishReading> readings) implements BatchReading {
        public Messages {
            readings = List.copyOf(readings);
        }
    }

    /// The request as a whole cannot be read.
    record Refused(Problem problem) implements BatchReading {}
}
