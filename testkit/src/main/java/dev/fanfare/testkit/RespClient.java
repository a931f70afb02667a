package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// A blocking Redis client of the smallest kind (RESP 2), so that tests look at Redis with other eyes
/// than the code under test.
///
/// Replies are `String`, `Long`, null, or a `List` of these. An error reply is thrown as
/// [RedisErrorException].
public final class RespClient implements AutoCloseable {

    /// Redis answered with an error.
    public static final class RedisErrorException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RedisErrorException(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RespClient(SocketFactory sockets, String host, int port, Duration deadline) throws IOException {
        socket = sockets.createSocket();
        socket.connect(new InetSocketAddress(host, port), Math.toIntExact(deadline.toMillis()));
        socket.setSoTimeout(Math.toIntExact(deadline.toMillis()));
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /// Sends one command and waits for its reply.
    public @Nullable Object execute(String... command) throws IOException {
        out.write(("*" + command.length + "\r\n").getBytes(UTF_8));
        for (String part : command) {
            byte[] bytes = part.getBytes(UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            out.write(bytes);
            out.write("\r\n".getBytes(UTF_8));
        }
        out.flush();
        return read();
    }

    /// Waits for the next reply, for example for a message of a channel that was subscribed.
    public @Nullable Object read() throws IOException {
        return readReply();
    }

    private @Nullable Object readReply() throws IOException {
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new RedisErrorException(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> readBulk(Integer.parseInt(rest));
            case '*' -> readArray(Integer.parseInt(rest));
            default -> throw new IOException("not a RESP 2 reply: " + line);
        };
    }

    private @Nullable String readBulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readNBytes(2).length < 2) {
            throw new EOFException("Redis closed the connection");
        }
        return new String(bytes, UTF_8);
    }

    private @Nullable List<@Nullable Object> readArray(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            items.add(readReply());
        }
        return items;
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        if (in.read() != '\n' || line.isEmpty()) {
            throw new IOException("not a RESP 2 reply");
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
