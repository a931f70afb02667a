package dev.fanfare.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// A `redis-server` (or `valkey-server`) process of our own on a loopback port.
final class LocalRedis implements RedisHost {

    private static final List<String> PROGRAMS = List.of("redis-server", "valkey-server");
    private static final int END_SECONDS = 10;
    private static final Duration START_WITHIN = Duration.ofSeconds(20);
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(5);

    private final Path program;
    private final List<String> settings;
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    /// @param settings further lines of the configuration file
    LocalRedis(Path program, Path directory, int port, List<String> settings) {
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.settings = List.copyOf(settings);
    }

    /// The server program on the search path.
    static Optional<Path> program() {
        String searchPath = System.getenv().getOrDefault("PATH", "");
        return PROGRAMS.stream()
                .flatMap(name ->
                        List.of(searchPath.split(File.pathSeparator)).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A new server with `options` and further configuration lines, not started.
    static LocalRedis create(RedisOptions options, List<String> further) {
        Path program = program()
                .orElseThrow(() -> new IllegalStateException("redis-server is not on the PATH; install it"
                        + " (apt-get install redis-server, brew install redis)"));
        int port = FreePorts.next();
        List<String> lines = new ArrayList<>(settings(options, port));
        lines.addAll(further);
        return new LocalRedis(program, TemporaryFolder.create(), port, lines);
    }

    /// A new Sentinel with these configuration lines, not started.
    static LocalRedis createSentinel(List<String> lines) {
        LocalRedis plain = create(RedisOptions.defaults(), List.of());
        List<String> all = new ArrayList<>(List.of("bind 127.0.0.1", "port " + plain.port));
        all.addAll(lines);
        return new LocalRedis(plain.program, plain.directory, plain.port, all);
    }

    /// The same server with further configuration lines. Neither may have been started.
    LocalRedis with(List<String> further) {
        List<String> lines = new ArrayList<>(settings);
        lines.addAll(further);
        return new LocalRedis(program, directory, port, lines);
    }

    /// The configuration lines for `options`.
    static List<String> settings(RedisOptions options, int port) {
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\"", "daemonize no"));
        TlsFiles tls = options.tls();
        if (tls == null) {
            lines.add("port " + port);
        } else {
            lines.add("port 0");
            lines.add("tls-port " + port);
            lines.add("tls-cert-file " + tls.certificate());
            lines.add("tls-key-file " + tls.key());
            lines.add("tls-ca-cert-file " + tls.certificate());
            lines.add("tls-auth-clients no");
        }
        if (options.password() != null) {
            lines.add("requirepass " + options.password());
        }
        if (options.appendOnly()) {
            lines.add("appendonly yes");
            lines.add("appendfsync always");
        }
        if (options.cluster()) {
            lines.add("cluster-enabled yes");
            // By default 10,000 above the port, which may be taken or no port at all.
            lines.add("cluster-port " + FreePorts.next());
        }
        return lines;
    }

    @Override
    public void start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("this Redis runs already");
        }
        try {
            Path file = directory.resolve("redis.conf");
            if (!Files.exists(file)) {
                // Only once: a cluster node or a Sentinel keeps its state in this file.
                Files.write(file, settings);
            }
            process = new ProcessBuilder(startCommand(file))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            // A test JVM that is killed must not leave its Redis behind.
            ProcessHandle started = process.toHandle();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + program, e);
        }
    }

    private List<String> startCommand(Path file) {
        List<String> command = new ArrayList<>(List.of(program.toString(), file.toString()));
        if (settings.stream().anyMatch(line -> line.startsWith("sentinel "))) {
            command.add("--sentinel");
        }
        return command;
    }

    private Path logFile() {
        return directory.resolve("redis.log");
    }

    /// Starts it and waits until it answers.
    void startAndAwait() {
        start();
        Waiting.until("Redis on port " + port + " answers", START_WITHIN, () -> "PONG".equals(execute("PING")));
    }

    /// Runs one command over a connection of its own.
    ///
    /// @throws IllegalStateException when it does not answer
    @Nullable
    Object execute(String... command) {
        try (var client = new RespClient(SocketFactory.getDefault(), address(), port, COMMAND_DEADLINE)) {
            return client.execute(command);
        } catch (IOException e) {
            throw new IllegalStateException("Redis on port " + port + " does not answer " + command[0], e);
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void stop() {
        end(Process::destroy);
    }

    @Override
    public void kill() {
        end(Process::destroyForcibly);
    }

    private void end(Consumer<Process> signal) {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            // A stopped process does not see SIGTERM.
            resume();
            signal.accept(running);
            if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot signal Redis", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        kill();
        TemporaryFolder.delete(directory);
    }
}
