package dev.fanfare.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// A process and its children, as Linux sees them under `/proc`. Processor time has a resolution of 10 ms.
public final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KB = 1024;

    private final ProcessHandle root;

    public ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /// Processor time of all of them until now.
    public Duration cpu() {
        return all().map(ProcessTree::cpuOf).reduce(Duration.ZERO, Duration::plus);
    }

    /// Processor time of this JVM until now.
    public static Duration ownCpu() {
        return cpuOf(ProcessHandle.current());
    }

    /// Memory of all of them that is in RAM. Pages that several share are counted for each.
    public long residentBytes() {
        return all().mapToLong(ProcessTree::residentBytesOf).sum();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static Duration cpuOf(ProcessHandle process) {
        ProcessStat stat = ProcessStat.parse(read(process, "stat", "0 () S 0 0 0 0 0 0 0 0 0 0 0 0 0 0"));
        return stat.cpu().plus(stat.ended());
    }

    private static long residentBytesOf(ProcessHandle process) {
        return residentBytes(read(process, "status", ""));
    }

    /// Reads the text of `/proc/<pid>/status`; 0 when it names no memory, as for a process that is ending.
    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB)
                .sum();
    }

    private static String read(ProcessHandle process, String file, String ifGone) {
        try {
            return Files.readString(PROC.resolve(String.valueOf(process.pid())).resolve(file), UTF_8);
        } catch (NoSuchFileException gone) {
            return ifGone;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot read /proc/" + process.pid() + "/" + file + "; this benchmark needs Linux", e);
        }
    }
}
