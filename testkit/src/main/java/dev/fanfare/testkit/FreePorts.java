package dev.fanfare.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Picks loopback ports on which nobody listens.
///
/// They lie below the range from which the kernel takes the ports of outgoing connections. Otherwise a
/// client that keeps trying a server which is down may be given that very port as its own, connects to
/// itself, and the server cannot come back.
public final class FreePorts {

    private static final int FROM = 15_000;
    private static final int TO = 30_000;
    private static final int MAX_ATTEMPTS = 200;

    private FreePorts() {}

    /// A port that was free a moment ago.
    public static int next() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FROM + " and " + TO);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
