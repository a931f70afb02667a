package dev.fanfare.access.token;

/// Names that come from tokens and end up in logs, keys of Redis and frames.
final class Words {

    private Words() {}

    /// Whether `text` has 1 to `maxLength` characters, none of which controls a terminal or breaks a line and
    /// none of which lacks a form in UTF-8.
    static boolean isSane(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || c == '\u2028'
                                || c == '\u2029'
                                || Character.getType(c) == Character.SURROGATE);
    }
}
