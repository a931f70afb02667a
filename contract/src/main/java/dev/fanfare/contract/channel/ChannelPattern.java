package dev.fanfare.contract.channel;

/// A set of channels: a channel name in which each `*` stands for any run of characters, also none.
///
/// `iss.*` holds `iss.telemetry` and `iss.crew.names`; `*` holds every channel. Nothing else is
/// special: dots and colons are ordinary characters.
///
/// | component | range                                                        |
/// |-----------|--------------------------------------------------------------|
/// | `text`    | 1 to 255 characters; those of a channel name, and `*`         |
public record ChannelPattern(String text) {

    public ChannelPattern {
        if (!Channel.isValid(text.replace('*', 'x'))) {
            throw new IllegalArgumentException("not a channel pattern: \"" + text + "\"");
        }
    }

    /// Whether `channel` is in the set. Linear in the length of the name for one `*`, never exponential.
    public boolean matches(Channel channel) {
        return matches(text, channel.name());
    }

    /// Whether every channel of `other` is in this set too.
    ///
    /// A yes is always true. A no may be wrong only where this pattern names nearly every character
    /// there is: its stars alone may swallow a star of `other`, which stands for any character.
    public boolean covers(ChannelPattern other) {
        return matches(text, other.text);
    }

    /*
     * The usual greedy walk: on a mismatch go back to the last star and let it swallow one more
     * character. Only the last star is ever retried, which bounds the work by |pattern| * |name|.
     */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retryFrom = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retryFrom = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retryFrom;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
