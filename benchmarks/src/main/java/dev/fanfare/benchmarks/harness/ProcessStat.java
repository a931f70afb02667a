package dev.fanfare.benchmarks.harness;

import java.time.Duration;

/// One line of `/proc/<pid>/stat`, see proc_pid_stat(5).
///
/// | component | meaning                                                                          |
/// |-----------|----------------------------------------------------------------------------------|
/// | `cpu`     | processor time of all threads, in user and in system mode, those that ended too  |
/// | `ended`   | the same of children that have ended and were waited for                         |
public record ProcessStat(Duration cpu, Duration ended) {

    /// Clock ticks per second: `USER_HZ`, 100 on every architecture on which Java runs on Linux.
    private static final int TICKS_PER_SECOND = 100;

    /// Places of utime, stime, cutime and cstime behind the name.
    private static final int UTIME = 11;

    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    /// Reads `line`. The name of the program stands in brackets and may hold spaces and brackets itself.
    public static ProcessStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        if (fields.length <= CSTIME) {
            throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
        }
        return new ProcessStat(ticks(fields[UTIME], fields[STIME]), ticks(fields[CUTIME], fields[CSTIME]));
    }

    private static Duration ticks(String user, String system) {
        return Duration.ofMillis((Long.parseLong(user) + Long.parseLong(system)) * 1000 / TICKS_PER_SECOND);
    }
}
