package dev.fanfare.testkit;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/// Redis in a container, started by Testcontainers.
final class ContainerRedis implements RedisHost {

    static final String IMAGE = "redis:7-alpine";

    /// Time to find the engine, pull the image when it is missing, and start: 60 s. Beyond that a
    /// local process is the better offer.
    private static final int START_SECONDS = 60;

    private final GenericContainer<?> container;
    private final int port;
    private final DockerClient docker;

    private ContainerRedis(GenericContainer<?> container, int port) {
        this.container = container;
        this.port = port;
        this.docker = DockerClientFactory.instance().client();
    }

    /// Whether it is worth asking Testcontainers at all. A client program alone is no engine.
    static boolean isEngineLikely() {
        String home = System.getProperty("user.home");
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(home, ".docker/run/docker.sock"))
                || configuresEngine(Path.of(home, ".testcontainers.properties"));
    }

    private static boolean configuresEngine(Path properties) {
        try {
            return Files.exists(properties) && Files.readString(properties).contains("docker.host");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// A started container, or empty when no engine answers or the image cannot be had in time.
    static Optional<RedisHost> tryStart(RedisOptions options) {
        CompletableFuture<RedisHost> starting = CompletableFuture.supplyAsync(() -> {
            // Testcontainers looks its parts up there, and under Quarkus a pool thread has another one.
            Thread.currentThread().setContextClassLoader(ContainerRedis.class.getClassLoader());
            return startNew(options);
        });
        try {
            return Optional.of(starting.get(START_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            // It may still come up after we have given up on it.
            starting.thenAccept(RedisHost::close).exceptionally(_ -> null);
            System.err.println("testkit: no Redis container (" + e + "), trying a local redis-server");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis started", e);
        }
    }

    private static RedisHost startNew(RedisOptions options) {
        // A published port that the engine chooses changes on every restart, so it is chosen here.
        int port = FreePorts.next();
        // Ended by `close`.
        @SuppressWarnings("resource")
        GenericContainer<?> container = new GenericContainer<>(IMAGE);
        container.setPortBindings(List.of(port + ":6379"));
        container.withExposedPorts(6379).withCommand(command(options).toArray(String[]::new));
        TlsFiles tls = options.tls();
        if (tls != null) {
            container
                    .withCopyFileToContainer(MountableFile.forHostPath(tls.certificate(), 0644), "/tls/redis.crt")
                    .withCopyFileToContainer(MountableFile.forHostPath(tls.key(), 0644), "/tls/redis.key");
        }
        container.start();
        return new ContainerRedis(container, port);
    }

    private static List<String> command(RedisOptions options) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--save", ""));
        if (options.tls() != null) {
            command.addAll(List.of("--port", "0", "--tls-port", "6379"));
            command.addAll(List.of("--tls-cert-file", "/tls/redis.crt", "--tls-key-file", "/tls/redis.key"));
            command.addAll(List.of("--tls-ca-cert-file", "/tls/redis.crt", "--tls-auth-clients", "no"));
        }
        if (options.password() != null) {
            command.addAll(List.of("--requirepass", options.password()));
        }
        if (options.appendOnly()) {
            command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        }
        if (options.cluster()) {
            command.addAll(List.of("--cluster-enabled", "yes"));
        }
        return command;
    }

    @Override
    public void start() {
        docker.startContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void stop() {
        docker.stopContainerCmd(container.getContainerId()).withTimeout(10).exec();
    }

    @Override
    public void kill() {
        docker.killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void pause() {
        docker.pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker.unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public String address() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }
}
