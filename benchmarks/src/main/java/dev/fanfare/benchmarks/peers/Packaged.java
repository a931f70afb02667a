package dev.fanfare.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A service of ours as it is packaged.
///
/// | component | meaning                           |
/// |-----------|-----------------------------------|
/// | `module`  | its folder                        |
/// | `title`   | what it is called when it is away |
record Packaged(String module, String title) {

    /// What strangers may do: other servers ask nobody for a token.
    static final String EVERYTHING = "{\"*\":[\"subscribe\",\"publish\",\"presence\",\"history\"]}";

    private Path built() {
        return Path.of(module, "target");
    }

    private Path jar() {
        return built().resolve("quarkus-app").resolve("quarkus-run.jar");
    }

    Optional<String> absenceOfJar() {
        return Files.exists(jar()) ? Optional.empty() : Optional.of(title + " is not built: run ./dev build");
    }

    Optional<String> absenceOfExecutable() {
        return executable().isPresent()
                ? Optional.empty()
                : Optional.of("the native executable is not built: run ./dev native " + module);
    }

    /// The jar, with the JVM's defaults but for compact object headers.
    List<String> onJvm() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:+UseCompactObjectHeaders",
                "-jar",
                jar().toAbsolutePath().toString());
    }

    List<String> nativeExecutable() {
        return List.of(executable().orElseThrow().toAbsolutePath().toString());
    }

    /// Bytes of all files of the packaged jar, without the JVM.
    long bytesOfJar() {
        try (Stream<Path> files = Files.walk(jar().getParent())) {
            return files.filter(Files::isRegularFile).mapToLong(Packaged::bytes).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long bytesOfExecutable() {
        return bytes(executable().orElseThrow());
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> executable() {
        if (!Files.isDirectory(built())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(built())) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
