package dev.fanfare.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel does with each packet between two processes of this machine. A firewall that tracks connections,
/// as a container engine sets one up, costs as much per packet as half of the rest.
final class Loopback {

    private static final Path TRACKED = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");
    private static final Path CONGESTION_CONTROL = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

    private Loopback() {}

    /// For the report.
    static String description() {
        String congestionControl = read(CONGESTION_CONTROL, "unknown");
        return "loopback, congestion control " + congestionControl + ", "
                + (isTracked() ? "connections tracked by a firewall" : "no connection tracking");
    }

    private static boolean isTracked() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var listener = new ServerSocket(0, 1, loopback);
                var _ = new Socket(loopback, listener.getLocalPort())) {
            return Integer.parseInt(read(TRACKED, "0")) > 0;
        } catch (IOException e) {
            throw new IllegalStateException("no connection over the loopback interface is possible", e);
        }
    }

    private static String read(Path file, String ifMissing) {
        try {
            return Files.readString(file, UTF_8).strip();
        } catch (IOException _) {
            return ifMissing;
        }
    }
}
