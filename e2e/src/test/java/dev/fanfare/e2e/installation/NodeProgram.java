package dev.fanfare.e2e.installation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of one of the Node folders beside the scenarios, run as a process of its own.
public final class NodeProgram implements AutoCloseable {

    private final Process process;
    private final Path output;

    private NodeProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// Starts `node` with `arguments` in `e2e/folder`. `log` names the file of its output.
    public static NodeProgram start(String folder, String log, Map<String, String> environment, String... arguments) {
        Path home = Checkout.root().resolve("e2e").resolve(folder);
        if (!Files.isDirectory(home.resolve("node_modules"))) {
            throw new IllegalStateException("the packages of " + home + " are not installed: ./dev test does it");
        }
        var command = new ArrayList<String>(List.of("node"));
        command.addAll(List.of(arguments));
        try {
            Path output = Checkout.target().resolve("e2e-logs").resolve(log + ".log");
            Files.createDirectories(output.getParent());
            Files.deleteIfExists(output);
            var builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new NodeProgram(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("node cannot be started: ./dev setup says how to install it", e);
        }
    }

    /// The lines that it has printed.
    public List<String> lines() {
        try {
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has printed at least `count` lines.
    public List<String> awaitLines(int count, Duration within) {
        await().alias(count + " lines of " + output.getFileName())
                .atMost(within)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines().size() >= count);
        return lines();
    }

    /// Waits until it has ended.
    ///
    /// @return its exit code
    public int awaitExit(Duration within) {
        try {
            if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        throw new AssertionError("still runs after " + within + "\n" + String.join("\n", lines()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
