package dev.fanfare.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/// The options of a command line, each taken by its name; what nobody takes is refused.
///
/// What is wrong is thrown as `IllegalArgumentException` with a text for the user.
public final class Arguments {

    private final List<String> rest;

    public Arguments(List<String> arguments) {
        rest = new ArrayList<>(arguments);
    }

    /// Takes `name`, if it is there.
    public boolean flag(String name) {
        return rest.remove(name);
    }

    /// Takes `name` and the text behind it.
    ///
    /// @param otherwise what holds when it is not there
    public String text(String name, String otherwise) {
        int at = rest.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        rest.remove(at);
        if (at < rest.size() && !rest.get(at).startsWith("--")) {
            return rest.remove(at);
        }
        throw new IllegalArgumentException(name + " takes a text behind it; --help lists the options");
    }

    /// Whether `name` is there and was not taken yet.
    public boolean has(String name) {
        return rest.contains(name);
    }

    /// Takes `name` and the number behind it.
    ///
    /// @param otherwise what holds when it is not there
    public int number(String name, int least, int otherwise) {
        int at = rest.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        rest.remove(at);
        String value = at < rest.size() ? rest.remove(at) : "";
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // The same answer as to a number that is too small.
        }
        throw new IllegalArgumentException(
                name + " takes a whole number from " + least + ", not \"" + value + "\"; --help lists the options");
    }

    /// Ends the reading of options.
    ///
    /// @throws IllegalArgumentException if something was not taken
    public void requireNothingElse() {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option " + rest.getFirst() + " here; --help lists the options");
        }
    }
}
