package dev.fanfare.publisher.http;

import dev.fanfare.publisher.publish.Draft;

/// What became of the attempt to read a request as a draft.
sealed interface PublishReading {

    record Understood(Draft draft) implements PublishReading {}

    record Refused(Problem problem) implements PublishReading {}
}
