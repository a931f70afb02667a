package dev.fanfare.publisher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes requests that are wrong in one to three ways, the same ones for the same seed.
final class MalformedRequests {

    private static final List<String> BODIES = List.of(
            "{\"data\":1}",
            "{\"data\":{\"a\":[1,2.50,null,true,\"x\"]},\"id\":\"i\",\"name\":\"n\",\"clientId\":\"c\"}",
            "{\"data\":\"\\ud83d\\ude00 é\"}",
            "{\"data\":1e999999999999,\"id\":\"x\"}",
            "{\"data\":" + "[".repeat(70) + "]".repeat(70) + "}",
            "{\"data\":" + "9".repeat(2_000) + "}",
            "{\"data\":{" + "\"a\":{".repeat(500),
            "{\"" + "k".repeat(60_000) + "\":1}",
            "{\"data\":\"" + "x".repeat(80_000) + "\"}",
            "",
            "null",
            "[]",
            "{",
            "\u0000",
            "{\"id\":\"\",\"data\":1}",
            "{\"data\":1,\"data\":2}",
            "{\"data\":1}{\"data\":2}",
            "[{\"data\":1},{\"data\":\"AA==\",\"encoding\":\"base64\",\"extras\":{\"a\":[1]}}]",
            "[{\"channel\":\"it.fuzz\",\"data\":1,\"id\":\"i\"},{\"channel\":\"it.fuzz\",\"data\":2,\"id\":\"i\"}]",
            "[" + "{\"data\":1},".repeat(200) + "{\"data\":1}]",
            "[[[]],1,null,{}]",
            "[" + "1,".repeat(100_000) + "1]");

    private static final List<String> PATHS = List.of(
            "/v1/channels/it.fuzz/messages",
            "/v1/messages",
            "/v1/messages?id=1",
            "/v1/channels/it.fuzz/messages?limit=0&direction=x&from=%00",
            "/v1/channels/it.fuzz/messages?direction=forwards&from=e:999999999999999999&to=e:0",
            "/v1/channels/it.fuzz/messages?start=999999999999999&end=1&limit=",
            "/v1/channels/it.fuzz",
            "/v1/channels/%ff",
            "/v1/channels?prefix=%00&cursor=255.~",
            "/v1/channels?prefix=it&cursor=999.x&limit=1000",
            "/v1/channels?cursor=12.",
            "/v1/time?%00",
            "/v1/channels/it.fuzz/messages?id=1",
            "/v1/channels/%/messages",
            "/v1/channels/%zz/messages",
            "/v1/channels/%ff%fe/messages",
            "/v1/channels/%00/messages",
            "/v1/channels/a;b=c/messages",
            "/v1/channels/" + "a".repeat(300) + "/messages",
            "/v1/channels/../../messages",
            "/v1/channels/it.fuzz/messages/",
            "/v1/channels/it.fuzz/messages?id=%",
            "/v1/channels/it.fuzz/messages?id=%ff&id=%00",
            "/v1/channels/it.fuzz/messages?" + "a=b&".repeat(900),
            "/v1/channels/it.fuzz/messages#",
            "/v1/channels/{x}/messages",
            "/v1/channels/a|b\"c/messages",
            "/v1/errors/%00",
            "/v1/channels/it.#/messages",
            "/v1/channels/it.#",
            "/v1/errors/#",
            "/#/#",
            "//",
            "*",
            "http://x/v1/channels/it.fuzz/messages",
            "");

    /// Those that are a URI, so that a server answers and reads on.
    private static final List<String> READABLE_PATHS =
            PATHS.stream().filter(path -> path.matches("/v1[^%|{\"]*")).toList();

    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "application/json; charset=utf-8",
            "application/json; charset=utf-16",
            "text/plain; charset=iso-8859-1",
            "text/plain; charset=utf-16",
            "text/plain; charset=nonsense",
            "text/plain; charset=",
            "text/plain; charset=\"",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "*/*",
            "/",
            ";",
            "a/b/c",
            "é",
            "");

    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: text/html",
            "Accept: ;q=x",
            "Accept: */*;q=0",
            "Accept-Encoding: gzip",
            "Accept-Charset: x",
            "Content-Encoding: gzip",
            "Content-Encoding: ",
            "Content-Language: \u0001",
            "Idempotency-Key: k",
            "Idempotency-Key: \"",
            "Idempotency-Key: é",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Cookie: a=b; c",
            "Authorization: Basic !!!",
            "Range: bytes=9-1",
            "If-None-Match: \"",
            "X-Forwarded-For: ,,,",
            "Forwarded: for=\"",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !",
            "Origin: null",
            "Host: y",
            "traceparent: 00-x",
            "No colon",
            "Bad name: 1",
            "Content-Type: text/plain",
            "Content-Type: text/plain\r\nContent-Type: application/json",
            "Idempotency-Key: a\r\nIdempotency-Key: b",
            "Accept: application/json\r\nAccept: text/html",
            "Transfer-Encoding: identity",
            "Connection: keep-alive, upgrade, #",
            "X: a\r\n folded",
            "X: \u0000",
            "\u0000: x",
            "X-#: #",
            "X: " + "v".repeat(20_000));

    /// Those that leave the connection as it is.
    private static final List<String> HARMLESS_HEADERS = HEADERS.stream()
            .filter(header -> header.matches("(Accept|Cookie|Idempotency|Range|If-|X-F|Auth|Origin|trace).*"))
            .toList();

    private static final List<String> METHODS = List.of(
            "GET",
            "GET",
            "GET",
            "PUT",
            "PATCH",
            "DELETE",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "post",
            "X#",
            "P\u0000ST",
            "CONNECT");

    private static final List<String> READABLE_METHODS = METHODS.stream()
            .filter(method -> method.matches("[A-Zpost#]+") && !method.equals("CONNECT"))
            .toList();

    private final Random random;

    MalformedRequests(long seed) {
        random = new Random(seed);
    }

    /// The next request, asking for the connection to be closed after it.
    byte[] next() {
        StringBuilder head = head(
                maybe(85) ? "POST" : pick(METHODS),
                maybe(70) ? PATHS.getFirst() : pick(PATHS),
                maybe(97) ? "HTTP/1.1" : pick(List.of("HTTP/2.5", "HTTP/1.0", "HTTP/0.9", "")));
        head.append("Connection: close\r\n");
        if (maybe(40)) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        return concat(framed(head, body()));
    }

    /// The next request, wrong in what it says alone: a server knows where it ends and goes on with the next one.
    byte[] nextReadable() {
        StringBuilder head = head(maybe(60) ? "POST" : pick(READABLE_METHODS), pick(READABLE_PATHS), "HTTP/1.1");
        if (maybe(50)) {
            head.append(pick(HARMLESS_HEADERS)).append("\r\n");
        }
        return concat(maybe(25) ? inPieces(head, body()) : ofDeclaredLength(head, body()));
    }

    private StringBuilder head(String method, String path, String version) {
        var head = new StringBuilder(method + " " + path + " " + version + "\r\nHost: x\r\n");
        if (maybe(95)) {
            head.append("Content-Type: ")
                    .append(maybe(50) ? TYPES.getFirst() : pick(TYPES))
                    .append("\r\n");
        }
        return head;
    }

    private byte[] body() {
        byte[] body = pick(BODIES).getBytes(UTF_8);
        return maybe(70) ? mutated(body) : body;
    }

    private byte[][] framed(StringBuilder head, byte[] body) {
        return switch (random.nextInt(32)) {
            case 0 -> inPieces(head, body);
            case 1 -> parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), bytes("zz\r\n"), body);
            case 2 -> parts(head.append("Transfer-Encoding: gzip, chunked\r\n\r\n"), chunk(body), bytes("0\r\n\r\n"));
            case 3 ->
                parts(head.append("Content-Length: ").append(body.length + 10).append("\r\n\r\n"), body);
            case 4 -> parts(head.append("Content-Length: -5\r\n\r\n"), body);
            case 5 -> parts(head.append("Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), body);
            case 6 -> parts(head.append("Content-Length: 9000000000\r\n\r\n"), body);
            case 7 -> parts(head.append("\r\n"), body);
            case 8 ->
                parts(head.append("Content-Length: ").append("9".repeat(30)).append("\r\n\r\n"), body);
            case 9 -> parts(head.append("Content-Length: 9223372036854775807\r\n\r\n"), body);
            case 10 ->
                parts(head.append("Content-Length: +").append(body.length).append("\r\n\r\n"), body);
            case 11 -> parts(head.append("Content-Length: 0x1\r\n\r\n"), body);
            case 12 ->
                ofDeclaredLength(
                        head.append("Content-Length: ").append(body.length).append("\r\n"), body);
            case 13 -> ofDeclaredLength(head.append("Transfer-Encoding: chunked\r\n"), body);
            case 14 -> parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), bytes("7fffffffffffffff\r\n"), body);
            case 15 -> parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), bytes("-1\r\n"), body);
            case 16 ->
                parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), chunk(body), bytes("0\r\nX: #\r\n\r\n"));
            case 17 ->
                parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), chunk(body), bytes("0\r\nbad\u0000\r\n\r\n"));
            case 18 -> parts(head.append("Content-Length: \r\n\r\n"), body);
            default -> ofDeclaredLength(head, body);
        };
    }

    private byte[][] ofDeclaredLength(StringBuilder head, byte[] body) {
        return parts(head.append("Content-Length: ").append(body.length).append("\r\n\r\n"), body);
    }

    /// In chunks of seeded lengths, with extensions that nobody knows.
    private byte[][] inPieces(StringBuilder head, byte[] body) {
        var chunks = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int length = Math.min(body.length - at, 1 + random.nextInt(1 + body.length / 3));
            chunks.writeBytes(bytes(Integer.toHexString(length) + (maybe(20) ? ";a=b" : "") + "\r\n"));
            chunks.writeBytes(slice(body, at, at + length));
            chunks.writeBytes(bytes("\r\n"));
            at += length;
        }
        return parts(head.append("Transfer-Encoding: chunked\r\n\r\n"), chunks.toByteArray(), bytes("0\r\n\r\n"));
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(4)) {
                case 0 -> with(bytes, at, (byte) random.nextInt(256));
                case 1 -> concat(slice(bytes, 0, at), slice(bytes, at + 1, bytes.length));
                case 2 ->
                    concat(
                            slice(bytes, 0, at),
                            new byte[] {(byte) random.nextInt(256)},
                            slice(bytes, at, bytes.length));
                default -> slice(bytes, 0, at);
            };
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] chunk(byte[] body) {
        return body.length == 0 ? body : concat(bytes(Integer.toHexString(body.length) + "\r\n"), body, bytes("\r\n"));
    }

    private static byte[][] parts(StringBuilder head, byte[]... rest) {
        byte[][] all = new byte[rest.length + 1][];
        all[0] = bytes(head.toString());
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private boolean maybe(int percent) {
        return random.nextInt(100) < percent;
    }

    /// One of `values`; its `#` is another number each time.
    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size())).replace("#", Integer.toString(random.nextInt(100_000)));
    }
}
