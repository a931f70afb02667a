package dev.fanfare.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// A real Redis for tests: a container where a Docker engine answers, else a local process.
///
/// As a JUnit extension it lives as long as its test class:
///
/// ```java
/// @RegisterExtension
/// static final RedisServer REDIS = RedisServer.shared();
/// ```
///
/// Elsewhere `RedisServer.disposable().start()` in a try-with-resources. The address stays the same
/// over `stop`, `kill`, `restart` and `pause`, so clients can be watched while they come back. Not safe
/// for use from several threads at a time.
public final class RedisServer extends ClassResource {

    /*
     * Where Redis comes from
     * ----------------------
     * shared()        REDIS_URL when set, else as below. Never stopped by a test.
     * localProcess()  2. and 3. of the below
     * all others      1. a container, when an engine answers and has or gets the image within a minute
     *                 2. redis-server or valkey-server from PATH
     *                 3. an error that says what to install
     * One failed attempt with containers is remembered for the life of the JVM.
     */

    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(5);
    private static final Duration POLL_EVERY = Duration.ofMillis(20);

    private static final Containers CONTAINERS = new Containers();

    private final RedisOptions options;
    private final @Nullable URI external;
    private final boolean mayBeContainer;
    private @Nullable RedisHost host;
    private boolean paused;

    private RedisServer(RedisOptions options, @Nullable URI external, boolean mayBeContainer) {
        this.options = options;
        this.external = external;
        this.mayBeContainer = mayBeContainer;
    }

    /// For tests that only talk to Redis. The environment variable `REDIS_URL` replaces it by a server
    /// that runs already.
    public static RedisServer shared() {
        String url = System.getenv("REDIS_URL");
        return new RedisServer(RedisOptions.defaults(), url == null || url.isBlank() ? null : URI.create(url), true);
    }

    /// For tests that stop, restart or empty Redis.
    public static RedisServer disposable() {
        return with(RedisOptions.defaults());
    }

    /// For measuring: a process of this machine even where containers can be had, whose network costs
    /// more than what is measured.
    public static RedisServer localProcess() {
        return new RedisServer(RedisOptions.defaults(), null, false);
    }

    /// A disposable server that is set up in a special way.
    public static RedisServer with(RedisOptions options) {
        return new RedisServer(options, null, true);
    }

    /// Starts it, or starts it again after [#stop] or [#kill], and waits until it answers.
    @Override
    public RedisServer start() {
        if (external == null) {
            RedisHost existing = host;
            if (existing == null) {
                host = startNew();
            } else {
                existing.start();
            }
        }
        awaitAnswer();
        return this;
    }

    private RedisHost startNew() {
        Optional<RedisHost> container = mayBeContainer ? CONTAINERS.tryStart(options) : Optional.empty();
        return container.orElseGet(this::startLocal);
    }

    private RedisHost startLocal() {
        Path program = LocalRedis.program()
                .orElseThrow(() -> new IllegalStateException(
                        "no Redis for the tests: neither a Docker engine answers nor is redis-server on the PATH."
                                + " Start Docker, or install it (apt-get install redis-server, brew install redis),"
                                + " or set REDIS_URL to a Redis that may be written to."));
        int port = FreePorts.next();
        var local = new LocalRedis(program, TemporaryFolder.create(), port, LocalRedis.settings(options, port));
        local.start();
        return local;
    }

    /// Ends it in an orderly way. Clients see their connections closed.
    public void stop() {
        resume();
        owned().stop();
    }

    /// Ends it as a power cut would.
    public void kill() {
        owned().kill();
        paused = false;
    }

    /// Stops and starts it at the same address. Its data is gone, unless it is append-only.
    public void restart() {
        stop();
        start();
    }

    /// Freezes it: connections stay open, nothing is answered, until [#resume].
    public void pause() {
        owned().pause();
        paused = true;
    }

    /// Undoes [#pause]; without effect when it is not paused.
    public void resume() {
        if (paused) {
            owned().resume();
            paused = false;
        }
    }

    /// `redis://…` or `rediss://…`, with the password, without a database number.
    public URI uri() {
        if (external != null) {
            return external;
        }
        RedisHost running = owned();
        String scheme = options.tls() == null ? "redis" : "rediss";
        String login = options.password() == null ? "" : ":" + options.password() + "@";
        return URI.create(scheme + "://" + login + running.address() + ":" + running.port());
    }

    /// Runs one command over a connection of its own and returns its reply as [RespClient] does.
    public @Nullable Object execute(String... command) {
        try (RespClient client = connect()) {
            return client.execute(command);
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not answer " + command[0], e);
        }
    }

    /// Opens a connection and logs in.
    public RespClient connect() throws IOException {
        URI uri = uri();
        TlsFiles tls = options.tls();
        SocketFactory sockets =
                tls == null ? SocketFactory.getDefault() : tls.trustingContext().getSocketFactory();
        var client = new RespClient(sockets, uri.getHost(), uri.getPort(), COMMAND_DEADLINE);
        String login = uri.getUserInfo();
        if (login != null) {
            client.execute("AUTH", login.substring(login.indexOf(':') + 1));
        }
        return client;
    }

    private void awaitAnswer() {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!answers()) {
            if (Instant.now().isAfter(deadline)) {
                String log = host == null ? "" : host.log();
                throw new IllegalStateException(
                        "no answer from Redis at " + uri() + " for " + READY_WITHIN + "\n" + log);
            }
            pollPause();
        }
    }

    private boolean answers() {
        try (RespClient client = connect()) {
            return "PONG".equals(client.execute("PING"));
        } catch (IOException | RespClient.RedisErrorException notYet) {
            return false;
        }
    }

    private static void pollPause() {
        try {
            Thread.sleep(POLL_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Redis", e);
        }
    }

    private RedisHost owned() {
        if (external != null) {
            throw new IllegalStateException("the Redis of REDIS_URL is not ours to stop; use RedisServer.disposable()");
        }
        if (host == null) {
            throw new IllegalStateException("this Redis was not started");
        }
        return host;
    }

    @Override
    public void close() {
        if (host != null) {
            resume();
            host.close();
            host = null;
        }
    }

    /// Remembers whether containers can be had in this JVM.
    private static final class Containers {

        private boolean unavailable = !ContainerRedis.isEngineLikely();

        synchronized Optional<RedisHost> tryStart(RedisOptions options) {
            if (unavailable) {
                return Optional.empty();
            }
            Optional<RedisHost> started = ContainerRedis.tryStart(options);
            unavailable = started.isEmpty();
            return started;
        }
    }
}
