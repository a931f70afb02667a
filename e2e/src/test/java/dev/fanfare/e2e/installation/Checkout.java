package dev.fanfare.e2e.installation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folders of this checkout, and how a packaged service is started from them.
public final class Checkout {

    /// System property that makes the scenarios run against native executables.
    private static final String NATIVE = "fanfare.e2e.native";

    private Checkout() {}

    /// The folder that holds all modules, wherever below it the tests were started.
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests were not started inside a checkout of Fanfare");
            }
        }
        return folder;
    }

    /// Where the scenarios put what they leave behind.
    public static Path target() {
        return root().resolve("e2e/target");
    }

    public static boolean isNative() {
        return Boolean.getBoolean(NATIVE);
    }

    /// The command that starts `service`, to be followed by nothing.
    ///
    /// @param jvmOptions for the JVM, if it runs on one
    /// @param properties `-Dname=value` arguments, which the JVM and a native executable both take
    static List<String> command(Service service, List<String> jvmOptions, List<String> properties) {
        return isNative() ? nativeCommand(service, properties) : jvmCommand(service, jvmOptions, properties);
    }

    private static List<String> jvmCommand(Service service, List<String> jvmOptions, List<String> properties) {
        Path jar = root().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run ./dev build");
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        command.addAll(properties);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> nativeCommand(Service service, List<String> properties) {
        Path target = root().resolve(service.module()).resolve("target");
        var command = new ArrayList<String>();
        command.add(executable(target).toString());
        command.addAll(properties);
        return command;
    }

    private static Path executable(Path target) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-runner")) {
            for (Path file : found) {
                return file;
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot look into " + target, e);
        }
        throw new IllegalStateException("there is no executable in " + target + ": run ./dev native");
    }
}
