package dev.fanfare.benchmarks.idle;

import dev.fanfare.benchmarks.harness.KernelMemory;
import java.time.Duration;

/// What some idle connections cost one server.
///
/// | component        | unit and meaning                                                        |
/// |------------------|-------------------------------------------------------------------------|
/// | `connections`    | held                                                                    |
/// | `residentBefore` | bytes of the warm server without connections                            |
/// | `residentAfter`  | bytes with them                                                         |
/// | `kernelBefore`   | the kernel's without, `kernelAfter` with them                           |
/// | `cpuBefore`      | processor time of the server over `time` without connections            |
/// | `cpuAfter`       | the same with them; nothing was published in either                     |
record Idle(
        int connections,
        long residentBefore,
        long residentAfter,
        KernelMemory kernelBefore,
        KernelMemory kernelAfter,
        Duration cpuBefore,
        Duration cpuAfter,
        Duration time) {

    private static final double KILO = 1024;

    double residentKilobytesEach() {
        return (residentAfter - residentBefore) / KILO / connections;
    }

    /// Of both ends of a connection, because both are on this machine.
    double tcpKilobytesEach() {
        return (kernelAfter.tcp() - kernelBefore.tcp()) / KILO / connections;
    }

    /// Of both ends of a connection.
    double slabKilobytesEach() {
        return (kernelAfter.slab() - kernelBefore.slab()) / KILO / connections;
    }

    /// Share of a core without connections, 1 for all of one.
    double cpuShareBefore() {
        return (double) cpuBefore.toNanos() / time.toNanos();
    }

    /// Share of a core with them.
    double cpuShareAfter() {
        return (double) cpuAfter.toNanos() / time.toNanos();
    }
}
