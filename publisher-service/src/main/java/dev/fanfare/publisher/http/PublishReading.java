package dev.fanfare.publisher.http;

import dev.fanfare.messaging.publish.Draft;
import java.util.List;

/// What became of the attempt to read a request, or one message of a batch.
sealed interface PublishReading {

    record Understood(Draft draft) implements PublishReading {}

    /// An array: to be stored one behind the other, or not at all.
    record Sequence(List<Draft> drafts) implements PublishReading {
        public Sequence {
            drafts = List.copyOf(drafts);
        }
    }

    record Refused(Problem problem) implements PublishReading {}
}
