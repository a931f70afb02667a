package dev.fanfare.e2e.installation;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.FreePorts;
import dev.fanfare.testkit.MetricsPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/// One packaged service, run as a process of its own.
///
/// The port stays the same over [#start], [#kill] and [#terminate], so that others can be watched while
/// it comes back. Not safe for use from several threads at a time.
public final class ServiceProcess implements AutoCloseable {

    /// A JVM on a machine of two cores that builds something else meanwhile was seen to take 40 s.
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private static final Duration END_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final Service service;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final int port;
    private Process process;

    private ServiceProcess(Service service, List<String> command, Map<String, String> environment, Path log, int port) {
        this.service = service;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.port = port;
        this.process = launch();
    }

    /// Starts a service without waiting for it.
    ///
    /// @param redis `redis://…`, or several of them with commas between
    /// @param settings configuration of the service, by its full keys
    /// @param jvmOptions for the JVM, if it runs on one
    /// @param log receives all that the process prints
    static ServiceProcess start(
            Service service, String redis, Map<String, String> settings, List<String> jvmOptions, Path log) {
        int port = FreePorts.next();
        List<String> properties = settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
        Map<String, String> environment = Map.of(
                service.portVariable(),
                Integer.toString(port),
                "FANFARE_REDIS",
                redis,
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                "false");
        return new ServiceProcess(service, Checkout.command(service, jvmOptions, properties), environment, log, port);
    }

    /// Starts it again after it has ended, at the same port, without waiting for it.
    public void start() {
        process = launch();
    }

    private Process launch() {
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Service service() {
        return service;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// `http://127.0.0.1:port` and `path`.
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// `ws://127.0.0.1:port` and `path`.
    public URI webSocket(String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    /// Waits until the service says that it can do its work.
    ///
    /// @throws AssertionError when it ends or is not ready in time; the message has the end of its log
    public void awaitReady() {
        try {
            await().atMost(READY_WITHIN).pollInterval(Duration.ofMillis(50)).until(() -> !isRunning() || isReady());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(service.module() + " was not ready within " + READY_WITHIN + "\n" + logTail(), e);
        }
        if (!isRunning()) {
            throw new AssertionError(service.module() + " ended with code " + process.exitValue()
                    + " instead of starting\n" + logTail());
        }
    }

    public boolean isReady() {
        return status("/q/health/ready") == 200;
    }

    /// Status of a GET, or 0 when there is no answer.
    public int status(String path) {
        try {
            return send(path, discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /// Whether its metrics have `sample`, for example `fanfare_telemetry_leader{source="iss"} 1.0`; false when it
    /// does not answer.
    public boolean hasMetric(String sample) {
        try {
            return send("/q/metrics", ofString()).body().lines().anyMatch(sample::equals);
        } catch (IOException e) {
            return false;
        }
    }

    /// The sum of all samples of the metric `name`, whatever their tags, for example
    /// `fanfare_gateway_history_reads_total`.
    ///
    /// @throws AssertionError when it does not answer or has no such metric
    public double metric(String name) {
        try {
            return new MetricsPage(send("/q/metrics", ofString()).body())
                    .sum(name)
                    .orElseThrow(() -> new AssertionError(service.module() + " has no metric " + name));
        } catch (IOException e) {
            throw new AssertionError("no metrics of " + service.module(), e);
        }
    }

    /// The most memory that it has had resident so far, in KiB.
    public long mostResidentKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no memory of " + service.module()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> HttpResponse<T> send(String path, BodyHandler<T> handler) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(http(path)).timeout(ANSWER_WITHIN).build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Ends it as a crash would (SIGKILL) and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /// Asks it to end (SIGTERM) without waiting.
    public void requestStop() {
        process.destroy();
    }

    /// Asks it to end (SIGTERM) and waits.
    ///
    /// @return its exit code
    public int terminate() {
        requestStop();
        return awaitExit();
    }

    /// Freezes it (SIGSTOP): its connections stay open and nothing is answered, until [#resume].
    public void pause() {
        signal("STOP");
    }

    /// Undoes [#pause].
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private int awaitExit() {
        try {
            if (process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        throw new AssertionError(service.module() + " still runs " + END_WITHIN + " after it was told to end");
    }

    /// All that it has printed.
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /// The last lines of its log, under its name.
    public String logTail() {
        List<String> lines = log().lines().toList();
        int from = Math.max(0, lines.size() - 40);
        return "--- " + log.getFileName() + ", last lines\n" + String.join("\n", lines.subList(from, lines.size()));
    }

    /// Ends it, by force if it does not go by itself.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
