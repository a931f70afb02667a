package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes what misbehaving clients do on one connection each, the same for the same seed.
final class BadConnections {

    /// What kind of misbehaviour it is.
    enum Kind {
        /// One broken request.
        SINGLE,
        /// Requests that end where they say, without waiting for answers; the last one is a good publish, asks for
        /// the connection to be closed and has to be answered like any other.
        PIPELINE,
        /// What is not HTTP.
        GARBAGE,
        /// A request of which some bytes never come, because the client closes.
        CLOSED,
        /// The same with a reset.
        RESET
    }

    /// What one client does.
    ///
    /// @param text what it sends, a character for each byte
    /// @param requests that it makes, complete or not
    record BadConnection(Kind kind, String text, int requests) {

        private BadConnection(Kind kind, byte[] bytes, int requests) {
            this(kind, new String(bytes, ISO_8859_1), requests);
        }

        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }
    }

    private static final int LONGEST_PIPELINE = 8;
    private static final int LONGEST_GARBAGE = 3_000;

    private static final List<String> NOT_HTTP = List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n",
            "\r\n\r\n\r\n",
            "GET\r\n",
            "POST /v1/channels/it.fuzz/messages HTTP/1.1\nHost: x\n\n",
            "<policy-file-request/>\u0000");

    private final MalformedRequests requests;
    private final Random random;
    private int pipelines;

    BadConnections(long seed) {
        requests = new MalformedRequests(seed);
        random = new Random(seed);
    }

    BadConnection next() {
        int kind = random.nextInt(100);
        if (kind < 55) {
            return new BadConnection(Kind.SINGLE, requests.next(), 1);
        } else if (kind < 80) {
            return pipeline();
        } else if (kind < 88) {
            return new BadConnection(Kind.GARBAGE, garbage(), 1);
        }
        byte[] whole = requests.nextReadable();
        byte[] part = Arrays.copyOf(whole, random.nextInt(Math.min(whole.length, 1_000)));
        return new BadConnection(kind < 94 ? Kind.CLOSED : Kind.RESET, part, 1);
    }

    private BadConnection pipeline() {
        int length = 2 + random.nextInt(LONGEST_PIPELINE - 1);
        var bytes = new ByteArrayOutputStream();
        for (int i = 1; i < length; i++) {
            bytes.writeBytes(requests.nextReadable());
        }
        String body = "{\"data\":1,\"id\":\"pipeline-" + pipelines++ + "\"}";
        bytes.writeBytes(("POST /v1/channels/it.pipeline/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1));
        return new BadConnection(Kind.PIPELINE, bytes.toByteArray(), length);
    }

    private byte[] garbage() {
        byte[] noise = new byte[random.nextInt(LONGEST_GARBAGE)];
        random.nextBytes(noise);
        if (random.nextBoolean()) {
            return noise;
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(NOT_HTTP.get(random.nextInt(NOT_HTTP.size())).getBytes(ISO_8859_1));
        bytes.writeBytes(noise);
        return bytes.toByteArray();
    }
}
