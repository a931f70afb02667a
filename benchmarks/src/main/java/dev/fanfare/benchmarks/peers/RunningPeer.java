package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
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
public final class RunningPeer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration END_WITHIN = Duration.ofSeconds(15);
    private static final int LOG_TAIL = 2_000;

    private final Peer peer;
    private final Process process;
    private final Target target;
    private final Path log;
    private final Thread atExit = new Thread(this::end);

    private RunningPeer(Peer peer, Process process, Target target, Path log) {
        this.peer = peer;
        this.process = process;
        this.target = target;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static RunningPeer start(Peer peer, Peer.Recipe recipe, PublisherOnRedis redis) {
        peer.absence().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int port = FreePorts.next();
        Launch launch = recipe.launch(port, redis);
        Path log = Cache.log(peer);
        var builder = new ProcessBuilder(Cores.ofServer(launch.command()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(launch.environment());
        try {
            var running = new RunningPeer(peer, builder.start(), recipe.target(port, redis), log);
            running.awaitReady(port, launch.readyPath());
            return running;
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + peer.title(), e);
        }
    }

    private void awaitReady(int port, @Nullable String path) {
        long giveUpAt = System.nanoTime() + READY_WITHIN.toNanos();
        while (!(path == null ? isListening(port) : isReady(port, path))) {
            if (!process.isAlive() || System.nanoTime() > giveUpAt) {
                String why = peer.title() + " does not become ready; its log " + log + " ends with:\n" + logTail();
                close();
                throw new IllegalStateException(why);
            }
            pause();
        }
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
            int timeout = Math.toIntExact(LOOK_EVERY.toMillis() * 20);
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
            throw new IllegalStateException("interrupted while " + peer.title() + " starts", e);
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

    public Peer peer() {
        return peer;
    }

    /// How to reach it.
    public Target target() {
        return target;
    }

    /// Its processor time and memory.
    public ProcessTree usage() {
        return new ProcessTree(process.toHandle());
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
