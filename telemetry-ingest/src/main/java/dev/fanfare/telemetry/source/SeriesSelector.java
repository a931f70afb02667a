package dev.fanfare.telemetry.source;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Picks series by name and labels, written as in PromQL: `http_requests_total{code=~"5..",job!="test"}`.
///
/// The name may be left out when there is a matcher. A label that a series does not have counts as
/// empty. Regular expressions are those of Java and match a value as a whole.
final class SeriesSelector {

    /// Longest selector, in characters.
    static final int MAX_LENGTH = 1024;

    /// One condition on the value of one label.
    private record Matcher(String label, Predicate<String> condition) {}

    private final String text;
    private final String name;
    private final List<Matcher> matchers;

    private SeriesSelector(String text, String name, List<Matcher> matchers) {
        this.text = text;
        this.name = name;
        this.matchers = matchers;
    }

    /// @throws IllegalArgumentException saying what is wrong and how it is written
    static SeriesSelector parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a selector has at most " + MAX_LENGTH + " characters");
        }
        var scanner = new TextScanner(text);
        scanner.skipBlanks();
        String name = scanner.metricName();
        List<Matcher> matchers = scanner.labels(SeriesSelector::matcher);
        scanner.skipBlanks();
        if (!scanner.isAtEnd() || (name.isEmpty() && matchers.isEmpty())) {
            throw malformed("something is missing or too much");
        }
        return new SeriesSelector(text, name, matchers);
    }

    private static Matcher matcher(String label, String operator, String value) {
        return switch (operator) {
            case "=" -> new Matcher(label, value::equals);
            case "!=" -> new Matcher(label, Predicate.not(value::equals));
            case "=~" -> new Matcher(label, regex(value));
            case "!~" -> new Matcher(label, Predicate.not(regex(value)));
            default -> throw malformed("the operator after " + label + " is none of = != =~ !~");
        };
    }

    private static Predicate<String> regex(String expression) {
        try {
            return Pattern.compile(expression).asMatchPredicate();
        } catch (PatternSyntaxException e) {
            throw malformed("the regular expression is wrong: " + e.getDescription());
        }
    }

    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException(reason + "; write it like up{job=\"a\",instance=~\"b.*\"}");
    }

    /// @param labels of the series, without its name
    boolean matches(String seriesName, Map<String, String> labels) {
        return (name.isEmpty() || name.equals(seriesName))
                && matchers.stream()
                        .allMatch(matcher -> matcher.condition().test(labels.getOrDefault(matcher.label(), "")));
    }

    @Override
    public String toString() {
        return text;
    }
}
