package dev.fanfare.messaging.admission;

import dev.fanfare.contract.failure.ErrorCode;

/// The decision on what one request wants to publish, before anything is written to Redis.
public sealed interface Admission {

    /// All of it may be published.
    record Admitted() implements Admission {}

    /// Nothing of it may.
    sealed interface Refused extends Admission {

        ErrorCode code();

        /// What is wrong with this very request; safe to show to the caller.
        String detail();
    }

    /// It has more messages than a request may have.
    record TooMany(int messages, int maxMessages) implements Refused {

        @Override
        public ErrorCode code() {
            return ErrorCode.TOO_MANY_MESSAGES;
        }

        @Override
        public String detail() {
            return "the request has " + messages + " messages; at most " + maxMessages + " are taken";
        }
    }

    /// The message at `index`, from 0, has more bytes of data and extras than a message may have.
    record TooLarge(int index, int dataBytes, int maxBytes) implements Refused {

        @Override
        public ErrorCode code() {
            return ErrorCode.MESSAGE_TOO_LARGE;
        }

        @Override
        public String detail() {
            return "data and extras have " + dataBytes + " bytes as JSON; at most " + maxBytes + " are taken";
        }
    }
}
