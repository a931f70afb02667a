package dev.fanfare.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where something was measured.
///
/// | component | meaning                                                                              |
/// |-----------|--------------------------------------------------------------------------------------|
/// | `cpu`     | model of the processor, as far as the system tells                                   |
/// | `cores`   | processors that this process may use                                                 |
/// | `system`  | name and version of the operating system                                             |
/// | `java`    | version of the virtual machine                                                       |
/// | `load`    | processes that ran or wanted to, over the last minute before; negative when unknown  |
/// | `network` | what carries the packets, see [Loopback]                                             |
public record Machine(String cpu, int cores, String system, String java, double load, String network) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /// This machine, now.
    public static Machine here() {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Loopback.description());
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
