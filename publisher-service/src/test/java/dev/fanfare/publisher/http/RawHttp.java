package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends bytes that no HTTP client would send, and returns what came back on the connection.
public final class RawHttp {

    private static final int CLOSED = -1;
    private static final int SILENT = -2;

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private RawHttp() {}

    /// Sends `request` and reads until the server closes or is silent for `silenceMillis`.
    public static String exchange(byte[] request, int silenceMillis) throws IOException {
        URI address = Api.address("/");
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(silenceMillis);
            sendWhatIsTaken(socket, request);
            return readAll(socket.getInputStream());
        }
    }

    /// Whether the last of several answers lacks its end. All have to say how long they are.
    public static boolean isCutOff(String answers) {
        int end = 0;
        while (end < answers.length()) {
            int body = answers.indexOf(END_OF_HEAD, end) + END_OF_HEAD.length();
            if (body < END_OF_HEAD.length()) {
                return true;
            }
            Matcher length = LENGTH.matcher(answers.substring(end, body));
            end = body + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        }
        return end > answers.length();
    }

    /// Sends `bytes` and is gone before anything comes back.
    ///
    /// @param isReset whether the server is told by a reset, as when the client's process is killed
    public static void abandon(byte[] bytes, boolean isReset) throws IOException {
        URI address = Api.address("/");
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            if (isReset) {
                socket.setSoLinger(true, 0);
            }
            sendWhatIsTaken(socket, bytes);
        }
    }

    /// Sends `head` and then one byte in every `paceMillis`, at most `count`, until something comes back.
    ///
    /// @return what came back until the server closed; empty when it was silent for `silenceMillis` after the last
    ///     byte
    public static Optional<String> trickle(String head, int count, int paceMillis, int silenceMillis)
            throws IOException {
        URI address = Api.address("/");
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            sendWhatIsTaken(socket, head.getBytes(ISO_8859_1));
            socket.setSoTimeout(paceMillis);
            int first = SILENT;
            for (int sent = 0; sent < count && first == SILENT; sent++) {
                sendWhatIsTaken(socket, new byte[] {' '});
                first = readOne(socket);
            }
            socket.setSoTimeout(silenceMillis);
            first = first == SILENT ? readOne(socket) : first;
            return switch (first) {
                case SILENT -> Optional.empty();
                case CLOSED -> Optional.of("");
                default -> Optional.of((char) first + readAll(socket.getInputStream()));
            };
        }
    }

    private static int readOne(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException silence) {
            return SILENT;
        } catch (IOException reset) {
            return CLOSED;
        }
    }

    public static String exchange(String request, int silenceMillis) throws IOException {
        return exchange(request.getBytes(ISO_8859_1), silenceMillis);
    }

    /// The server may close before it has read everything; what it said before that counts.
    private static void sendWhatIsTaken(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException closedByServer) {
            assert closedByServer.getMessage() != null;
        }
    }

    private static String readAll(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (SocketTimeoutException silence) {
            return bytes.toString(ISO_8859_1);
        } catch (IOException reset) {
            return bytes.toString(ISO_8859_1);
        }
        return bytes.toString(ISO_8859_1);
    }
}
