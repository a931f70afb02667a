package dev.fanfare.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// A service at a port of this machine.
///
/// Asked by a bare socket: each question may be a process of its own, and an HTTP client would be most of its cost.
///
/// @param port text from the environment; what is no port is told as an answer that cannot be had
/// @param patience for the connection, and then for each part of the answer
record LocalInstance(String port, Duration patience) {

    static final String READINESS = "/q/health/ready";

    /// Shorter than a container engine waits (5 s in our images), long enough for a frozen Redis to be told.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// What is kept of an answer, enough for its status and the names of the checks: 4 KiB.
    private static final int MAX_ANSWER_BYTES = 4096;

    static LocalInstance atPortIn(String variable, Map<String, String> environment) {
        return new LocalInstance(Objects.requireNonNullElse(environment.get(variable), variable + " unset"), PATIENCE);
    }

    /// The begin of the answer to a GET, status line and headers included.
    ///
    /// @throws IOException when there is none; the message says why, for an operator
    String get(String path) throws IOException {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xFFFF) {
            throw new IOException("no port: " + port);
        }
        try {
            return exchange(path, Integer.parseInt(port), Math.toIntExact(patience.toMillis()));
        } catch (IOException e) {
            throw new IOException("no answer at port " + port + ": " + e.getMessage(), e);
        }
    }

    private static String exchange(String path, int port, int millis) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            // 1.0, so that the answer is not chunked and ends with the connection.
            String request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
    }
}
