package dev.fanfare.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The limit of open files of this process, which its children inherit. The JVM has raised the soft limit to
/// the hard one.
public final class OpenFiles {

    /// For everything that is no client's connection: libraries, logs, Redis.
    private static final int SPARE = 500;

    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /// Makes sure that a process may hold so many connections.
    ///
    /// @throws IllegalStateException with a remedy if it may not
    public static void require(int connections) {
        long limit = limit();
        if (connections + SPARE > limit) {
            throw new IllegalStateException(connections + " connections need " + (connections + SPARE)
                    + " open files, but the limit is " + limit + ": run `ulimit -n " + (connections + SPARE)
                    + "` before (as root, or after raising `nofile` in /etc/security/limits.conf), or take"
                    + " fewer with --conns");
        }
    }

    private static long limit() {
        try {
            return limit(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException notLinux) {
            return Long.MAX_VALUE;
        }
    }

    /// The soft limit in the text of `/proc/<pid>/limits`.
    static long limit(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().replaceAll(" .*", ""))
                .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
