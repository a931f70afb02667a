package dev.fanfare.telemetry.source;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of the Prometheus text format: a series and its value.
///
/// | component   | meaning                                                             |
/// |-------------|---------------------------------------------------------------------|
/// | `labels`    | in the order of their names                                         |
/// | `value`     | as JSON: a number, or one of `"NaN"`, `"+Inf"` and `"-Inf"`         |
/// | `timestamp` | milliseconds since 1970 as the line gave it, or null as on most     |
record Series(
        String name,
        Map<String, String> labels,
        String value,
        @Nullable Long timestamp) {

    private static final Pattern JSON_NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,63})(\\.[0-9]{1,64})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern TIMESTAMP = Pattern.compile("-?[0-9]{1,18}");

    /// @throws IllegalArgumentException saying what is wrong, without quoting the line
    static Series parse(String line) {
        var scanner = new TextScanner(line);
        scanner.skipBlanks();
        String name = scanner.metricName();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a line has no name");
        }
        var labels = new TreeMap<String, String>();
        scanner.labels((label, operator, value) -> addLabel(labels, label, operator, value));
        String value = jsonOf(scanner.word());
        String timestamp = scanner.word();
        if (!scanner.word().isEmpty()
                || !(timestamp.isEmpty() || TIMESTAMP.matcher(timestamp).matches())) {
            throw new IllegalArgumentException("a line goes on after its value");
        }
        return new Series(name, labels, value, timestamp.isEmpty() ? null : Long.valueOf(timestamp));
    }

    private static boolean addLabel(Map<String, String> labels, String label, String operator, String value) {
        if (!operator.equals("=") || labels.put(label, value) != null) {
            throw new IllegalArgumentException("a label is there twice, or not followed by =");
        }
        return true;
    }

    /// Digits stay as they came where JSON can write them.
    private static String jsonOf(String word) {
        if (JSON_NUMBER.matcher(word).matches()) {
            return word;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> "\"NaN\"";
            case "inf", "+inf", "infinity", "+infinity" -> "\"+Inf\"";
            case "-inf", "-infinity" -> "\"-Inf\"";
            default -> rewritten(word);
        };
    }

    private static String rewritten(String word) {
        if (!NUMBER.matcher(word).matches()) {
            throw new IllegalArgumentException("a line has no number as its value");
        }
        double value = Double.parseDouble(word);
        return Double.isInfinite(value) ? (value > 0 ? "\"+Inf\"" : "\"-Inf\"") : Double.toString(value);
    }
}
