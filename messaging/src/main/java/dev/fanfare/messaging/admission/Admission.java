package dev.fanfare.messaging.admission;

/// The decision on what one request wants to publish, before anything is written to Redis.
public sealed interface Admission {

    /// All of it may be published.
    record Admitted() implements Admission {}

    /// It has more messages than a request may have.
    record TooMany(int messages, int maxMessages) implements Admission {}

    /// The message at `index`, from 0, has more bytes of data and extras than a message may have.
    record TooLarge(int index, int dataBytes, int maxBytes) implements Admission {}
}
