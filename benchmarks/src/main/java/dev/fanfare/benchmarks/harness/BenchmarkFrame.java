package dev.fanfare.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/// What surrounds every benchmark: its options, its help, its page, and errors that say what to do.
///
/// | component | meaning                                                              |
/// |-----------|----------------------------------------------------------------------|
/// | `name`    | as on the command line                                               |
/// | `help`    | the text of `--help`                                                 |
/// | `parser`  | reads the options                                                    |
/// | `save`    | whether the page is written to `results/`                            |
/// | `body`    | measures                                                             |
public record BenchmarkFrame<O>(String name, String help, Parser<O> parser, Predicate<O> save, Body<O> body) {

    private static final Path RESULTS = Path.of("benchmarks", "results");
    private static final int WRONG_OPTIONS = 2;

    /// Reads options.
    @FunctionalInterface
    public interface Parser<O> {

        /// Takes what it knows.
        ///
        /// @throws IllegalArgumentException with a text for the user
        O parse(Arguments arguments);
    }

    /// Measures.
    @FunctionalInterface
    public interface Body<O> {

        /// Returns the page, in Markdown.
        ///
        /// @throws IllegalStateException with a text for the user, which says what to do
        String measure(O options, Subject subject, PrintStream progress) throws IOException;
    }

    /// Runs it with the arguments of `main`; ends the JVM when something is wrong.
    public void run(String... commandLine) {
        int status = status(List.of(commandLine));
        if (status != 0) {
            System.exit(status);
        }
    }

    private int status(List<String> commandLine) {
        try {
            Optional<O> options = parse(commandLine);
            if (options.isEmpty()) {
                System.out.print(help);
            } else {
                measure(options.get(), String.join(" ", commandLine));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            return failed(e, WRONG_OPTIONS);
        } catch (IllegalStateException | CompletionException | IOException e) {
            return failed(e, 1);
        }
    }

    private int failed(Exception e, int status) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        System.err.println("bench " + name + ": " + (cause.getMessage() == null ? cause : cause.getMessage()));
        return status;
    }

    private Optional<O> parse(List<String> commandLine) {
        var arguments = new Arguments(commandLine);
        if (arguments.flag("--help")) {
            return Optional.empty();
        }
        O options = parser.parse(arguments);
        arguments.requireNothingElse();
        return Optional.of(options);
    }

    private void measure(O options, String arguments) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path file = RESULTS.resolve(today + "-" + name + ".md");
        boolean isSaved = save.test(options);
        if (isSaved && Files.exists(file)) {
            throw new IllegalArgumentException(
                    file + " exists already; what was read from it would be lost: rename it or run without --save");
        }
        var subject = new Subject(
                today,
                System.getProperty("fanfare.commit", "unknown"),
                ("./dev bench " + name + " " + arguments).strip(),
                Machine.here());
        String page = body.measure(options, subject, System.err);
        System.out.println("\n" + page);
        if (isSaved) {
            Files.createDirectories(RESULTS);
            Files.writeString(file, page);
            System.err.println("written to " + file + "; add what you read in it");
        }
    }
}
