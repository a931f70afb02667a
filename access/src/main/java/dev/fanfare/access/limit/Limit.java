package dev.fanfare.access.limit;

import dev.fanfare.contract.failure.ErrorCode;
import java.util.Locale;

/// What there may be too much of.
enum Limit {
    PUBLISHES_PER_SUBJECT("the subject has published too much"),
    PUBLISHES_PER_KEY("those whose tokens are signed with this key have published too much"),
    PUBLISHES_PER_ADDRESS("strangers of this address have published too much"),
    TOKENS_PER_KEY("too many tokens were issued for this API key"),
    FAILURES_PER_ADDRESS("too many credentials from this address were no good; none is looked at for a while");

    private final String text;

    Limit(String text) {
        this.text = text;
    }

    /// Kebab-case name: the property, the tag of the metric, and the beginning of what Redis knows the budget by.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What whoever is refused is told.
    String text() {
        return text;
    }

    ErrorCode code() {
        return this == FAILURES_PER_ADDRESS ? ErrorCode.TOO_MANY_FAILURES : ErrorCode.RATE_EXCEEDED;
    }
}
