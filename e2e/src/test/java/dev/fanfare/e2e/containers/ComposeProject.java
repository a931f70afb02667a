package dev.fanfare.e2e.containers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Checkout;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What `compose.yaml` describes, run by Docker Compose at ports of its own, as one test class long.
///
/// What the containers have printed stays in `target/e2e-logs/containers.log`.
final class ComposeProject implements BeforeAllCallback, AfterAllCallback {

    private static final String START_SECONDS = "180";

    private final String name = "fanfare-check-" + ProcessHandle.current().pid();
    private final int clients = FreePorts.next();
    private final int publishers = FreePorts.next();
    private final int prometheus = FreePorts.next();

    /// Starts it, and returns when every container that can say so is healthy.
    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            compose("up", "--detach", "--wait", "--wait-timeout", START_SECONDS);
        } catch (AssertionError notStarted) {
            // JUnit does not call afterAll of an extension whose beforeAll failed.
            end();
            throw notStarted;
        }
    }

    /// The kind of images that run: `jvm` or `native`.
    static String kind() {
        return System.getenv().getOrDefault("FANFARE_KIND", "jvm");
    }

    /// An address for clients, through NGINX.
    URI client(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + clients + path);
    }

    /// An address of the publish API, through NGINX.
    URI publisher(String path) {
        return URI.create("http://127.0.0.1:" + publishers + path);
    }

    URI prometheus(String path) {
        return URI.create("http://127.0.0.1:" + prometheus + path);
    }

    /// The ids of the running containers of `service`.
    List<String> containers(String service) {
        return compose("ps", "--quiet", service).lines().toList();
    }

    /// What the engine knows of a container.
    JsonNode inspect(String container) {
        return Frames.parse(docker("inspect", container)).get(0);
    }

    /// What the engine knows of the image of a container.
    JsonNode image(String container) {
        return Frames.parse(docker(
                        "image", "inspect", inspect(container).get("Image").asText()))
                .get(0);
    }

    boolean isHealthy(String container) {
        return inspect(container).at("/State/Health/Status").asText().equals("healthy");
    }

    /// A file of a container, which needs no program in it.
    String file(String container, String path) {
        Path copy = Checkout.target().resolve("from-container");
        docker("cp", container + ":" + path, copy.toString());
        try {
            return Files.readString(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String docker(String... arguments) {
        Ended ended = run(arguments);
        if (ended.code() != 0) {
            throw new AssertionError("docker " + String.join(" ", arguments) + ":\n" + ended.errors());
        }
        return ended.output();
    }

    /// How a command has ended, and what it has printed.
    record Ended(int code, String output, String errors) {}

    Ended run(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Path errors = Checkout.target().resolve("docker-errors");
        var builder = new ProcessBuilder(command)
                .directory(Checkout.root().toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "FANFARE_PORT", Integer.toString(clients),
                        "FANFARE_PUBLISH_PORT", Integer.toString(publishers),
                        "PROMETHEUS_PORT", Integer.toString(prometheus)));
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output, Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String compose(String... arguments) {
        return docker(composed(arguments));
    }

    private String[] composed(String... arguments) {
        var all = new ArrayList<>(List.of("compose", "--project-name", name));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    /// Ends it and removes its volumes, and keeps its logs.
    private void end() {
        String log = run(composed("logs", "--no-color")).output();
        // Nobody waits for a gateway's clients to leave.
        run(composed("down", "--volumes", "--timeout", "3"));
        try {
            Path logs = Files.createDirectories(Checkout.target().resolve("e2e-logs"));
            Files.writeString(logs.resolve("containers.log"), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
