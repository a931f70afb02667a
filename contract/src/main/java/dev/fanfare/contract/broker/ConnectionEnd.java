package dev.fanfare.contract.broker;

import java.util.Locale;

/// That connections are to be closed.
///
/// | component | meaning, range                                                                              |
/// |-----------|---------------------------------------------------------------------------------------------|
/// | `serial`  | greater than those before it; µs since 1970 by the clock of the broker, or one more than the last |
/// | `kind`    | whether `value` is the id of a connection or a subject                                      |
/// | `value`   | 1 to 255 characters, none of them a control                                                 |
public record ConnectionEnd(long serial, Kind kind, String value) {

    private static final int MAX_LENGTH = 255;

    /// By what connections are named.
    public enum Kind {
        /// One connection, by its id.
        CONNECTION,
        /// All connections of a subject.
        SUBJECT;

        /// The name in Redis and in answers.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of that name.
        ///
        /// @throws IllegalArgumentException if there is none
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// Whether `value` can name something.
    public static boolean isValid(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    public ConnectionEnd {
        if (!isValid(value)) {
            throw new IllegalArgumentException("1 to " + MAX_LENGTH + " characters without controls name connections");
        }
    }
}
