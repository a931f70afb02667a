package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.ProcessTree;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server that was started for measuring. Ends with [#close], and with this JVM.
public final class RunningServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final Duration END_WITHIN = Duration.ofSeconds(15);
    private static final int LOG_TAIL = 2_000;

    private final String title;
    private final Process process;
    private final int port;
    private final Path log;
    private final long startedAt;
    private final Thread atExit = new Thread(this::end);
    private Duration readyAfter = Duration.ZERO;

    private RunningServer(String title, long startedAt, Process process, int port, Path log) {
        this.startedAt = startedAt;
        this.title = title;
        this.process = process;
        this.port = port;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Starts it on the servers' core and waits until it is ready.
    ///
    /// @param id names its log
    /// @param port on which it will listen
    static RunningServer start(String id, String title, int port, Launch launch) {
        Path log = Cache.log(id);
        var builder = new ProcessBuilder(Cores.ofServer(launch.command()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(launch.environment());
        try {
            var running = new RunningServer(title, System.nanoTime(), builder.start(), port, log);
            running.awaitReady(launch.readyPath());
            return running;
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + title, e);
        }
    }

    private void awaitReady(@Nullable String path) {
        long giveUpAt = System.nanoTime() + READY_WITHIN.toNanos();
        while (!(path == null ? isListening(port) : isReady(port, path))) {
            if (!process.isAlive() || System.nanoTime() > giveUpAt) {
                String why = title + " does not become ready; its log " + log + " ends with:\n" + logTail();
                close();
                throw new IllegalStateException(why);
            }
            pause();
        }
        readyAfter = Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean isReady(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            int timeout = Math.toIntExact(ANSWER_WITHIN.toMillis());
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void pause() {
        try {
            var _ = process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + title + " starts", e);
        }
    }

    private String logTail() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    /// On which it listens, on 127.0.0.1.
    public int port() {
        return port;
    }

    /// From its start until it was ready, give or take 2 ms.
    public Duration readyAfter() {
        return readyAfter;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /// Its processor time and memory.
    public ProcessTree usage() {
        return new ProcessTree(process.toHandle());
    }

    /// Asks it to end (SIGTERM), without waiting.
    public void requestStop() {
        process.destroy();
    }

    /// Waits until it has ended by itself.
    ///
    /// @throws IllegalStateException if that takes longer than `patience`
    public void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(title + " has not ended after " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + title + " ends", e);
        }
    }

    /// Ends it as a crash would (SIGKILL).
    public void kill() {
        process.destroyForcibly();
        awaitEnd(END_WITHIN);
    }

    /// Asks it to end, and kills it when it does not within 15 s.
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
