package dev.fanfare.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.load.PublishOutcome;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The publisher class without a service: as many virtual threads as the others have connections publish and wait,
/// in a process of their own on the servers' core. See [BareCallers].
final class BareSide implements Side {

    static final String TITLE = "the bare publisher class";

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter commands;
    private final PublisherOnRedis redis;

    private BareSide(Process process, PublisherOnRedis redis) {
        this.process = process;
        this.redis = redis;
        answers = process.inputReader(UTF_8);
        commands = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    static BareSide start(PublisherOnRedis redis, HttpOptions options) {
        var builder = new ProcessBuilder(Cores.ofServer(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareCallers.class.getName(),
                        String.valueOf(options.connections()),
                        options.data())))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("REDIS_URL", redis.redis().uri().toString());
        try {
            var side = new BareSide(builder.start(), redis);
            side.answer();
            return side;
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + TITLE, e);
        }
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public PublishOutcome publish(Duration time) {
        var usage = new ProcessTree(process.toHandle());
        Duration cpuBefore = usage.cpu();
        Duration loadBefore = ProcessTree.ownCpu();
        commands.println(time.toMillis());
        return outcome(
                answer(), usage.cpu().minus(cpuBefore), ProcessTree.ownCpu().minus(loadBefore));
    }

    /// Reads what [BareCallers] has printed.
    static PublishOutcome outcome(String answer, Duration cpu, Duration loadCpu) {
        String[] figures = answer.split(" ", -1);
        return new PublishOutcome(
                Long.parseLong(figures[0]),
                Duration.ofNanos(Long.parseLong(figures[1])),
                cpu,
                loadCpu,
                new Percentiles(
                        Double.parseDouble(figures[2]),
                        Double.parseDouble(figures[3]),
                        Double.parseDouble(figures[4]),
                        Double.parseDouble(figures[5])));
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(TITLE + " has ended; what it says is above");
            }
            return line;
        } catch (IOException e) {
            throw new IllegalStateException(TITLE + " does not answer", e);
        }
    }

    @Override
    public long stored() {
        return newestOffset(redis);
    }

    static long newestOffset(PublisherOnRedis redis) {
        Object offset = redis.redis().execute("HGET", redis.keys().meta(ServedSide.CHANNEL), "o");
        return offset == null ? 0 : Long.parseLong(offset.toString());
    }

    @Override
    public long residentBytes() {
        return new ProcessTree(process.toHandle()).residentBytes();
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
