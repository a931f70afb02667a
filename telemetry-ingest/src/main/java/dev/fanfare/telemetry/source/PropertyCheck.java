package dev.fanfare.telemetry.source;

import java.time.Duration;
import java.util.function.Supplier;

/// Turns a failed check of a source's configuration into a message that names the property.
///
/// @param source name of the source
record PropertyCheck(String source) {

    /// @param rule what holds for the property's value, as a phrase whose subject is the property
    /// @throws IllegalArgumentException naming the property and the rule
    void that(boolean holds, String property, String rule) {
        if (!holds) {
            throw refusal(property, rule);
        }
    }

    void range(String property, Duration value, Duration min, Duration max) {
        that(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                property,
                "is " + min + " to " + max + " but is " + value);
    }

    /// What `conversion` gives; a refusal of its own is told as one of the property.
    <T> T converted(String property, Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (IllegalArgumentException e) {
            throw refusal(property, "is refused: " + e.getMessage());
        }
    }

    private IllegalArgumentException refusal(String property, String rule) {
        return new IllegalArgumentException("fanfare.telemetry.sources." + source + "." + property + " " + rule);
    }
}
