package dev.fanfare.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Memory that the kernel of this machine holds, for all processes together.
///
/// | component | meaning                                                                          |
/// |-----------|----------------------------------------------------------------------------------|
/// | `tcp`     | bytes in buffers of TCP sockets, `mem` in `/proc/net/sockstat`                   |
/// | `slab`    | bytes of the kernel's own objects, sockets among them, `Slab` in `/proc/meminfo` |
public record KernelMemory(long tcp, long slab) {

    private static final long PAGE = 4096;
    private static final long KILO = 1024;
    private static final Pattern TCP_PAGES = Pattern.compile("(?m)^TCP:.* mem (\\d+)$");
    private static final Pattern SLAB_KILOBYTES = Pattern.compile("(?m)^Slab: +(\\d+) kB$");

    /// As it is now.
    public static KernelMemory now() {
        try {
            return parse(Files.readString(Path.of("/proc/net/sockstat")), Files.readString(Path.of("/proc/meminfo")));
        } catch (IOException e) {
            throw new IllegalStateException("this benchmark needs Linux", e);
        }
    }

    static KernelMemory parse(String sockstat, String meminfo) {
        return new KernelMemory(number(TCP_PAGES, sockstat) * PAGE, number(SLAB_KILOBYTES, meminfo) * KILO);
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("there is no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}
