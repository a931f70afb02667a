package dev.fanfare.publisher.admission;

import dev.fanfare.publisher.publish.Draft;

/// The decision on what one request wants to publish, before anything is written to Redis.
public sealed interface Admission {

    /// `draft` may be published.
    record Admitted(Draft draft) implements Admission {}

    /// The data has more bytes than a message may have.
    record TooLarge(int dataBytes, int maxBytes) implements Admission {}
}
