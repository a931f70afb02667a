package dev.fanfare.benchmarks.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `publish.lua` driven by `redis-benchmark`: what Redis can do when the client costs next to nothing.
///
/// The command is the one that our publisher sends. `redis-benchmark` draws every [#RANDOM] of a
/// command anew, so ids differ, and so all commands must name the same channel: with a random one the
/// three keys of a call would belong to three channels.
final class BareScript implements Side {

    /// 12 characters that `redis-benchmark` replaces by as many random digits.
    private static final String RANDOM = "__rand_int__";

    /// A message id to publish with: two numbers below 2³¹, so that none of some millions repeats.
    static final String RANDOM_ID = RANDOM + RANDOM;

    private static final String RANGE = String.valueOf(Integer.MAX_VALUE);
    private static final List<String> PROGRAMS = List.of("redis-benchmark", "valkey-benchmark");

    /// The end of a CSV line: the rate, then the latencies. The rate of what took no whole millisecond is `inf`.
    private static final Pattern RATE = Pattern.compile("\"([0-9.]+|inf)\"(?:,\"[0-9.]+\"){6}\\s*$");

    private static final double SHORTEST_SECONDS = 0.001;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Path program;
    private final RedisServer redis;
    private final Channel channel;
    private final List<String> command;
    private final PublishOptions options;

    /// @param command what to send, with [#RANDOM_ID] as message id
    BareScript(RedisServer redis, Channel channel, List<String> command, PublishOptions options) {
        this.program = find();
        this.redis = redis;
        this.channel = channel;
        this.command = List.copyOf(command);
        this.options = options;
    }

    private static Path find() {
        String searchPath = System.getenv().getOrDefault("PATH", "");
        return PROGRAMS.stream()
                .flatMap(name ->
                        List.of(searchPath.split(File.pathSeparator)).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("redis-benchmark is not on the PATH; install it"
                        + " (apt-get install redis-tools, brew install redis)"));
    }

    @Override
    public String name() {
        return "publish.lua by redis-benchmark";
    }

    @Override
    public List<Channel> channels() {
        return List.of(channel);
    }

    /// The time is that of `redis-benchmark` itself, without its start.
    @Override
    public Effort publish(int messages) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(
                "-h", redis.uri().getHost(), "-p", String.valueOf(redis.uri().getPort())));
        line.addAll(settings(messages));
        line.addAll(command);
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            // What it prints fits into the pipe, so it can be read after the end.
            Duration cpu = awaitEnd(process);
            return effortOf(messages, new String(process.getInputStream().readAllBytes(), UTF_8), cpu);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + program, e);
        }
    }

    private List<String> settings(int messages) {
        return List.of(
                "--csv",
                "-c",
                String.valueOf(options.clients()),
                "-P",
                String.valueOf(options.pipeline()),
                "-n",
                String.valueOf(messages),
                "-r",
                RANGE);
    }

    /// What it starts, for readers: without the address, the data shortened.
    String commandLine(int messages) {
        String quoted = command.stream()
                .map(argument -> argument.matches("[\\w.:-]+") ? argument : "'" + argument + "'")
                .collect(Collectors.joining(" "))
                .replaceAll("xx+", "xx…");
        return program.getFileName() + " " + String.join(" ", settings(messages)) + " " + quoted;
    }

    /// The last look at its processor time that succeeded: at most 20 ms are missing.
    private static Duration awaitEnd(Process process) {
        Duration cpu = Duration.ZERO;
        try {
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
            }
            return cpu;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while redis-benchmark runs", e);
        }
    }

    static Effort effortOf(int messages, String output, Duration cpu) {
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("redis-benchmark says no rate but: " + output);
        }
        double seconds = rate.group(1).equals("inf") ? SHORTEST_SECONDS : messages / Double.parseDouble(rate.group(1));
        return new Effort(Duration.ofNanos(Math.round(seconds * 1e9)), cpu);
    }
}
