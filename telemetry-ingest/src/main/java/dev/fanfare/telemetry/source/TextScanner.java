package dev.fanfare.telemetry.source;

import java.util.ArrayList;
import java.util.List;

/// Reads one line of the Prometheus text format, or one selector, from left to right.
///
/// Every method throws `IllegalArgumentException` when what stands there is something else. No message
/// quotes the text.
final class TextScanner {

    /// Most labels of one series, and most matchers of one selector; Prometheus scrapes far fewer.
    static final int MAX_LABELS = 64;

    /// What becomes of a label with its operator and value.
    interface LabelReader<T> {
        T read(String label, String operator, String value);
    }

    private final String text;
    private int at;

    TextScanner(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    void skipBlanks() {
        while (!isAtEnd() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// A metric's name, or empty when none begins here.
    String metricName() {
        return name(true);
    }

    private String name(boolean mayHaveColon) {
        int from = at;
        while (!isAtEnd() && isNameCharacter(text.charAt(at), at > from, mayHaveColon)) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isNameCharacter(char c, boolean mayBeDigit, boolean mayBeColon) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (mayBeDigit && c >= '0' && c <= '9')
                || (mayBeColon && c == ':');
    }

    /// What stands between braces, or nothing when no brace opens here. A comma may follow the last label.
    <T> List<T> labels(LabelReader<T> reader) {
        skipBlanks();
        var all = new ArrayList<T>();
        if (!skip('{')) {
            return all;
        }
        skipBlanks();
        while (!skip('}')) {
            check(all.size() < MAX_LABELS, "there are more than " + MAX_LABELS + " labels");
            String label = name(false);
            check(!label.isEmpty(), "a label has no name");
            all.add(reader.read(label, operator(), quoted()));
            skipBlanks();
            boolean isFollowed = skip(',');
            skipBlanks();
            check(isFollowed || (!isAtEnd() && text.charAt(at) == '}'), "the labels do not end");
        }
        return all;
    }

    private String operator() {
        skipBlanks();
        int from = at;
        while (!isAtEnd() && "=!~".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String operator = text.substring(from, at);
        skipBlanks();
        return operator;
    }

    private String quoted() {
        check(skip('"'), "a label has no value in quotes");
        var value = new StringBuilder();
        while (!skip('"')) {
            check(!isAtEnd(), "a label's value does not end");
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : String.valueOf(c));
        }
        return value.toString();
    }

    /// An unknown escape stands for itself, as Prometheus has it.
    private String escaped() {
        check(!isAtEnd(), "a label's value does not end");
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> "\n";
            case '\\', '"' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    /// What stands up to the next blank, or empty at the end.
    String word() {
        skipBlanks();
        int from = at;
        while (!isAtEnd() && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean skip(char expected) {
        if (isAtEnd() || text.charAt(at) != expected) {
            return false;
        }
        at++;
        return true;
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
