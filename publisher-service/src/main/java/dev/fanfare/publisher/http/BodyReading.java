package dev.fanfare.publisher.http;

/// What became of the attempt to read a request's body.
sealed interface BodyReading {

    /// The body as it was sent. Not a record, because an array has no equality to give it.
    final class Whole implements BodyReading {

        private final byte[] bytes;

        Whole(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes; not a copy: do not write to the array.
        byte[] bytes() {
            return bytes;
        }
    }

    /// It has more than `maxBytes` bytes. `isConsumed` tells whether the rest was read and thrown away, so
    /// that the connection can carry another request.
    record TooLarge(int maxBytes, boolean isConsumed) implements BodyReading {}

    /// There is no memory for it now. `isConsumed` as above.
    record NoRoom(boolean isConsumed) implements BodyReading {}

    /// It ended early or took too long. The connection is of no more use.
    record Incomplete(String detail) implements BodyReading {}
}
