package dev.fanfare.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The objects of a JVM that are left after a full collection: what somebody still holds.
///
/// | component   | unit and meaning                |
/// |-------------|---------------------------------|
/// | `bytes`     | of all of them                  |
/// | `instances` | number of them, by class        |
public record LiveHeap(long bytes, Map<String, Long> instances) {

    private static final int GIVE_UP_SECONDS = 60;
    private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");

    /// Collects the garbage of a JVM, which stops it for so long, and counts the rest; empty when the process is none,
    /// as a native executable, or does not answer within 60 s. Not for this JVM itself.
    public static Optional<LiveHeap> of(ProcessHandle process) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process counting = new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            CompletableFuture.delayedExecutor(GIVE_UP_SECONDS, TimeUnit.SECONDS).execute(counting::destroyForcibly);
            String histogram = new String(counting.getInputStream().readAllBytes(), UTF_8);
            return counting.waitFor() == 0 ? Optional.of(parse(histogram)) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + jcmd, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jcmd ran", e);
        }
    }

    /// Reads what `jcmd <pid> GC.class_histogram` prints.
    static LiveHeap parse(String histogram) {
        return new LiveHeap(
                LINE.matcher(histogram)
                        .results()
                        .mapToLong(line -> number(line, 2))
                        .sum(),
                LINE.matcher(histogram)
                        .results()
                        .collect(Collectors.toMap(line -> line.group(3), line -> number(line, 1), Long::sum)));
    }

    private static long number(MatchResult line, int group) {
        return Long.parseLong(line.group(group));
    }

    /// The classes of which most instances were added since `before`, with their number, at most `count`.
    public String grown(LiveHeap before, int count) {
        Comparator<Map.Entry<String, Long>> byNumber = Map.Entry.comparingByValue();
        return instances.entrySet().stream()
                .map(each ->
                        Map.entry(each.getKey(), each.getValue() - before.instances.getOrDefault(each.getKey(), 0L)))
                .filter(each -> each.getValue() > 0)
                .sorted(byNumber.reversed())
                .limit(count)
                .map(each -> "%,d × `%s`".formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
    }
}
