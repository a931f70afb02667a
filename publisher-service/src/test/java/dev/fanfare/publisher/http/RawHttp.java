package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/// Sends bytes that no HTTP client would send, and returns what came back on the connection.
public final class RawHttp {

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
