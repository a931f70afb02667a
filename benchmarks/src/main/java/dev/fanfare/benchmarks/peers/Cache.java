package dev.fanfare.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The folder into which `./dev bench setup` puts what is not ours.
final class Cache {

    static final String REMEDY = "run ./dev bench setup";

    private static final Path FOLDER = Path.of(System.getProperty("fanfare.bench.cache", ".run/bench"));
    private static final Path SCRIPTS = Path.of("benchmarks", "peers");

    private Cache() {}

    /// Where `name` of an unpacked Debian package is.
    static Path debian(String name) {
        return FOLDER.resolve("debian").resolve(name).toAbsolutePath();
    }

    static Path nodeModule(String name) {
        return FOLDER.resolve("node").resolve("node_modules").resolve(name).toAbsolutePath();
    }

    /// Why the file is of no use; empty if it is there.
    static Optional<String> absence(String what, Path file) {
        return Files.exists(file) ? Optional.empty() : Optional.of(what + " is not installed: " + REMEDY);
    }

    /// Puts a script of ours beside the modules that it imports; returns where it is.
    static Path script(String name) {
        Path copy = FOLDER.resolve("node").resolve(name).toAbsolutePath();
        try {
            return Files.copy(SCRIPTS.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put " + name + " beside its modules; " + REMEDY, e);
        }
    }

    /// Writes a configuration file; returns where it is.
    static Path configuration(String name, String text) {
        try {
            Path folder = Files.createDirectories(FOLDER.resolve("run").toAbsolutePath());
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the configuration of " + name, e);
        }
    }

    static Path log(String id) {
        return configuration(id + ".log", "");
    }
}
