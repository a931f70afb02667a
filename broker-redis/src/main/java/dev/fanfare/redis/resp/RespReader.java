package dev.fanfare.redis.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into RESP 3 values, however the bytes are cut into chunks.
///
/// Not safe for use by several threads.
final class RespReader {

    /*
     * The state between two chunks
     * ----------------------------
     *   open    the arrays, maps and pushes that still want items, innermost first
     *   line    the beginning of a header line whose end has not come yet
     *   bulk    the array being filled with binary data, and how far it is filled
     *
     * Every byte is looked at once. Binary data goes straight from the chunk into its own array, so a
     * large message costs one copy. Data above the limit is counted and dropped on the way: whoever
     * publishes 500 MB must not cost this process its heap, nor the other channels their connection.
     */

    /// Deepest nesting: 8 levels. The deepest reply read here, that of CLUSTER SLOTS, has 4.
    private static final int MAX_DEPTH = 8;
    /// Most items of one array: 2^20. CLUSTER SLOTS has at most one per slot, 2^14.
    private static final int MAX_ITEMS = 1 << 20;
    /// Longest header line: 64 KiB, far above the error texts of Redis.
    private static final int MAX_LINE_BYTES = 1 << 16;
    /// Room made for the items of an array before they have come.
    private static final int MAX_ITEMS_AHEAD = 64;

    private static final int CRLF = 2;
    /// A verbatim string begins with its format, `txt:`.
    private static final int FORMAT_LENGTH = 4;

    private static final class Aggregate {
        private final byte type;
        private final int wanted;
        private final List<RespValue> items;

        private Aggregate(byte type, int wanted) {
            this.type = type;
            this.wanted = wanted;
            this.items = new ArrayList<>(Math.min(wanted, MAX_ITEMS_AHEAD));
        }
    }

    private final int maxBulkBytes;
    private final Consumer<RespValue> sink;
    private final Deque<Aggregate> open = new ArrayDeque<>();

    private byte[] line = new byte[128];
    private int lineLength;
    private byte @Nullable [] bulk;
    private int bulkFilled;
    /// Bytes of the binary data and its line end that have not come yet; 0 while reading lines.
    private long bulkWanted;

    private long bulkLength;
    private byte bulkType;

    /// @param maxBulkBytes most bytes of binary data that are kept; more becomes [RespValue.TooLarge]
    RespReader(int maxBulkBytes, Consumer<RespValue> sink) {
        this.maxBulkBytes = maxBulkBytes;
        this.sink = sink;
    }

    /// Takes the next bytes and hands every value that is complete now to the sink.
    void read(byte[] chunk) throws RespException {
        int at = 0;
        while (at < chunk.length) {
            at = bulkWanted > 0 ? readBulk(chunk, at) : readLine(chunk, at);
        }
    }

    private int readLine(byte[] chunk, int from) throws RespException {
        int end = from;
        while (end < chunk.length && chunk[end] != '\n') {
            end++;
        }
        if (end == chunk.length || lineLength > 0) {
            keep(chunk, from, end);
        }
        if (end == chunk.length) {
            return end;
        }
        if (lineLength > 0) {
            int length = lineLength;
            lineLength = 0;
            onLine(line, 0, length);
        } else {
            onLine(chunk, from, end);
        }
        return end + 1;
    }

    private void keep(byte[] chunk, int from, int to) throws RespException {
        int length = lineLength + to - from;
        if (length > MAX_LINE_BYTES) {
            throw new RespException("a line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        if (length > line.length) {
            line = Arrays.copyOf(line, Math.max(length, 2 * line.length));
        }
        System.arraycopy(chunk, from, line, lineLength, to - from);
        lineLength = length;
    }

    /// `to` is where the line feed stands.
    private void onLine(byte[] bytes, int from, int to) throws RespException {
        int end = to - 1;
        if (end <= from || bytes[end] != '\r') {
            throw new RespException("a line does not end with CR LF");
        }
        byte type = bytes[from];
        int start = from + 1;
        switch (type) {
            case '+', ',', '(' -> emit(new RespValue.Text(text(bytes, start, end)));
            case '-' -> emit(new RespValue.Failure(text(bytes, start, end)));
            case ':' -> emit(new RespValue.Whole(number(bytes, start, end)));
            case '#' -> emit(new RespValue.Whole(bytes[start] == 't' ? 1 : 0));
            case '_' -> emit(RespValue.Nothing.NOTHING);
            case '$', '=', '!' -> startBulk(type, number(bytes, start, end));
            case '*', '~', '>' -> startAggregate(type, number(bytes, start, end));
            case '%', '|' -> startAggregate(type, 2 * number(bytes, start, end));
            default -> throw new RespException("a value cannot begin with byte " + type);
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, UTF_8);
    }

    private static long number(byte[] bytes, int from, int to) throws RespException {
        boolean negative = from < to && bytes[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to || to - at > 18) {
            throw new RespException("not an integer: " + text(bytes, from, to));
        }
        long number = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new RespException("not an integer: " + text(bytes, from, to));
            }
            number = 10 * number + digit;
        }
        return negative ? -number : number;
    }

    private void startBulk(byte type, long length) {
        if (length < 0) {
            emit(RespValue.Nothing.NOTHING);
            return;
        }
        bulkType = type;
        bulkLength = length;
        bulkWanted = length + CRLF;
        bulkFilled = 0;
        bulk = length <= maxBulkBytes ? new byte[(int) length] : null;
    }

    private int readBulk(byte[] chunk, int from) {
        int taken = (int) Math.min(bulkWanted, chunk.length - from);
        byte[] target = bulk;
        if (target != null) {
            int copied = Math.min(taken, target.length - bulkFilled);
            System.arraycopy(chunk, from, target, bulkFilled, copied);
            bulkFilled += copied;
        }
        bulkWanted -= taken;
        if (bulkWanted == 0) {
            bulk = null;
            emit(bulkValue(target));
        }
        return from + taken;
    }

    private RespValue bulkValue(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new RespValue.TooLarge(bulkLength);
        }
        return switch (bulkType) {
            case '!' -> new RespValue.Failure(text(bytes, 0, bytes.length));
            case '=' -> new RespValue.Text(text(bytes, Math.min(FORMAT_LENGTH, bytes.length), bytes.length));
            default -> new RespValue.Bulk(bytes);
        };
    }

    private void startAggregate(byte type, long wanted) throws RespException {
        if (wanted < 0) {
            emit(RespValue.Nothing.NOTHING);
            return;
        }
        if (wanted > MAX_ITEMS || open.size() == MAX_DEPTH) {
            throw new RespException("an array is too long or too deep");
        }
        var aggregate = new Aggregate(type, (int) wanted);
        if (wanted == 0) {
            emitClosed(aggregate);
        } else {
            open.push(aggregate);
        }
    }

    private void emit(RespValue value) {
        Aggregate innermost = open.peek();
        if (innermost == null) {
            sink.accept(value);
            return;
        }
        innermost.items.add(value);
        if (innermost.items.size() == innermost.wanted) {
            open.pop();
            emitClosed(innermost);
        }
    }

    private void emitClosed(Aggregate aggregate) {
        switch (aggregate.type) {
            case '>' -> emit(new RespValue.Push(aggregate.items));
            // An attribute only comments on the value that follows it.
            case '|' -> {}
            default -> emit(new RespValue.Many(aggregate.items));
        }
    }
}
