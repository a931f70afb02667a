package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/// A WebSocket client without manners: it sends exactly the frames it is told to, right or wrong, reads only
/// when told, and answers nothing by itself. For tests.
public final class RawWebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /// The close code of a connection that ended without one.
    public static final int CUT = 1006;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};
    private static final int CLOSED_WITHOUT_CODE = 1005;

    /// A frame as it was received.
    public static final class Frame {

        private final int head;
        private final byte[] payload;

        private Frame(int head, byte[] payload) {
            this.head = head;
            this.payload = payload;
        }

        /// The first byte: FIN, the reserved bits and the opcode.
        public int head() {
            return head;
        }

        /// Not a copy.
        public byte[] payload() {
            return payload;
        }

        public boolean isFinal() {
            return (head & FIN) != 0;
        }

        public int opcode() {
            return head & 0x0F;
        }

        public String text() {
            return new String(payload, UTF_8);
        }

        /// The code of a close frame, 1005 if it has none.
        public int closeCode() {
            return payload.length < 2
                    ? CLOSED_WITHOUT_CODE
                    : Byte.toUnsignedInt(payload[0]) << Byte.SIZE | Byte.toUnsignedInt(payload[1]);
        }
    }

    private final Socket socket = new Socket();
    private final String answer;
    private final DataInputStream in;

    /// Connects and asks for the upgrade.
    ///
    /// @param uri `ws://host:port/path` or `http://…`
    /// @param receiveBuffer bytes that the kernel may keep while nothing is read, or 0 for its default
    /// @param patience how long a read waits
    public RawWebSocket(URI uri, int receiveBuffer, Duration patience) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            socket.getOutputStream().write(request(uri).getBytes(ISO_8859_1));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            answer = readHead();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return String.join(
                "\r\n",
                "GET " + uri.getRawPath() + query + " HTTP/1.1",
                "Host: " + uri.getAuthority(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "",
                "");
    }

    private String readHead() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    /// Status line and headers of the answer to the upgrade.
    public String answer() {
        return answer;
    }

    /// Sends a whole text, masked as a client has to.
    public void sendText(String text) {
        send(FIN | TEXT, text.getBytes(UTF_8));
    }

    /// Sends one masked frame with the given first byte.
    public void send(int head, byte[] payload) {
        write(frame(head, payload, true));
    }

    /// Sends bytes as they are.
    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes of one frame, its length in the shortest form.
    public static byte[] frame(int head, byte[] payload, boolean isMasked) {
        var bytes = new ByteArrayOutputStream(payload.length + 14);
        bytes.write(head);
        int mask = isMasked ? MASKED : 0;
        if (payload.length < 126) {
            bytes.write(mask | payload.length);
        } else if (payload.length <= 0xFFFF) {
            bytes.write(mask | 126);
            bytes.write(payload.length >> Byte.SIZE);
            bytes.write(payload.length);
        } else {
            bytes.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= Byte.SIZE) {
                bytes.write((int) ((long) payload.length >> shift));
            }
        }
        if (isMasked) {
            bytes.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.write(isMasked ? payload[i] ^ MASK[i % MASK.length] : payload[i]);
        }
        return bytes.toByteArray();
    }

    /// The next frame.
    ///
    /// @throws UncheckedIOException when none comes in time or the connection has ended
    public Frame read() {
        try {
            int head = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            return new Frame(head, in.readNBytes(Math.toIntExact(length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next frame with this opcode; others before it are dropped.
    public Frame read(int opcode) {
        Frame frame = read();
        while (frame.opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    /// The code with which the server closes, or [#CUT] when it ends the connection without a word; frames before
    /// that are dropped.
    public int closeCodeOrCut() {
        try {
            return read(CLOSE).closeCode();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw e;
            }
            return CUT;
        }
    }

    /// Whether the server has ended the connection; reads up to there or for as long as the patience lasts.
    public boolean isCut() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
