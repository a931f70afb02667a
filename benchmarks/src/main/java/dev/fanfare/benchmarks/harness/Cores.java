package dev.fanfare.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Who runs where: servers on one core, everything else on another, so that neither takes the other's
/// time.
public final class Cores {

    private static final String SERVER = "0";
    private static final String REST = "1";

    private Cores() {}

    /// Moves this JVM, and with it whatever it starts from now on, to the core that is not the servers'.
    ///
    /// @throws IllegalStateException with a remedy where that is not possible
    public static void leaveToServers() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new IllegalStateException("there is only one core here, but server and load need one each");
        }
        run(List.of(
                "taskset",
                "-a",
                "-c",
                "-p",
                REST,
                String.valueOf(ProcessHandle.current().pid())));
    }

    /// `command` on the servers' core.
    public static List<String> ofServer(List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", SERVER));
        pinned.addAll(command);
        return pinned;
    }

    /// Moves Redis, which runs as `pid`, to the servers.
    ///
    /// @return who runs where, for the report
    public static String redisWithServers(long pid) {
        run(List.of("taskset", "-a", "-c", "-p", SERVER, String.valueOf(pid)));
        return "servers and Redis on core " + SERVER + "; load generator on core " + REST;
    }

    /// Leaves Redis, which runs as `pid`, with the load generator, and lets it have that core first where this user
    /// may say so: a message that waits for the load generator to have read others says nothing of the server.
    ///
    /// @return who runs where, for the report
    public static String redisWithLoad(long pid) {
        try {
            run(List.of("renice", "-n", "-10", "-p", String.valueOf(pid)));
            return description() + ", Redis before the load generator";
        } catch (IllegalStateException notAllowed) {
            return description();
        }
    }

    /// For the report.
    public static String description() {
        return "servers on core " + SERVER + "; load generator and Redis on core " + REST;
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("cannot do " + String.join(" ", command) + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    command.getFirst() + " is missing: install it (apt-get install util-linux bsdutils)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
