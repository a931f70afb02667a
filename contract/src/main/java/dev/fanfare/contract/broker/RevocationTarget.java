package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import java.util.Locale;

/// What a revocation is about.
///
/// | component | range                                                                                     |
/// |-----------|-------------------------------------------------------------------------------------------|
/// | `kind`    | whether `value` names a token, a subject, a key or channels                               |
/// | `value`   | 1 to 255 characters, none of them a control; for [Kind#CHANNEL] a channel pattern          |
public record RevocationTarget(Kind kind, String value) {

    private static final int MAX_LENGTH = 255;

    /// By what tokens are revoked.
    public enum Kind {
        /// One token, by its id.
        TOKEN,
        /// All tokens of a subject.
        SUBJECT,
        /// All tokens that were signed with a key, or issued for an API key.
        KEY,
        /// What tokens allow on the channels of a pattern; the tokens stay good for others.
        CHANNEL;

        /// The name in Redis and in requests.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of that name.
        ///
        /// @throws IllegalArgumentException if there is none
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("a revocation is by token, subject, key or channel");
        }
    }

    public RevocationTarget {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.codePoints().anyMatch(RevocationTarget::isOdd)) {
            throw new IllegalArgumentException("1 to " + MAX_LENGTH + " characters without controls are revoked");
        }
        if (kind == Kind.CHANNEL) {
            var _ = new ChannelPattern(value);
        }
    }

    private static boolean isOdd(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /// Whether this is about `channel`.
    public boolean holds(Channel channel) {
        return kind == Kind.CHANNEL && new ChannelPattern(value).matches(channel);
    }
}
