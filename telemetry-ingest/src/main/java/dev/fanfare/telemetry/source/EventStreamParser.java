package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.FetchOutcome.Unchanged;
import dev.fanfare.telemetry.source.StreamOutcome.Received;
import dev.fanfare.telemetry.source.StreamOutcome.Skipped;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the events out of one connection's bytes, as the HTML standard has it (9.2.6).
///
/// Never keeps more of an event than the limit; what is longer is read over to its end and told as
/// skipped. Used by one thread.
final class EventStreamParser {

    /// Longest `id` and `event` field that is looked at, in bytes.
    static final int MAX_FIELD_BYTES = 1024;

    /// Type of an event that names none.
    static final String DEFAULT_TYPE = "message";

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

    private final SourceKind.EventStream kind;
    private final int maxBytes;
    private final Queue<StreamOutcome> outcomes = new ArrayDeque<>();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isFirstLine = true;
    private boolean isLineCut;
    private boolean isAfterReturn;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean hasData;
    private boolean isTooLarge;
    private String type = "";
    private @Nullable String pendingId;

    private @Nullable String lastEventId;
    private @Nullable Duration retry;

    /// @param maxBytes most bytes of an event's data
    /// @param lastEventId what the stream goes on from, or null
    /// @param retry what the server said about it earlier, or null
    EventStreamParser(
            SourceKind.EventStream kind, int maxBytes, @Nullable String lastEventId, @Nullable Duration retry) {
        this.kind = kind;
        this.maxBytes = maxBytes;
        this.pendingId = lastEventId;
        this.lastEventId = lastEventId;
        this.retry = retry;
    }

    /// Takes the next bytes. What they complete is there to [#poll] afterwards.
    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            feed(bytes.get());
        }
    }

    /// The next event, or null when the bytes so far hold no other.
    @Nullable
    StreamOutcome poll() {
        return outcomes.poll();
    }

    @Nullable
    String lastEventId() {
        return lastEventId;
    }

    @Nullable
    Duration retry() {
        return retry;
    }

    private void feed(byte next) {
        boolean isRestOfLineEnd = isAfterReturn && next == '\n';
        isAfterReturn = next == '\r';
        if (isRestOfLineEnd) {
            return;
        }
        if (next == '\n' || next == '\r') {
            endLine();
        } else if (line.size() < maxBytes + MAX_FIELD_BYTES) {
            line.write(next);
        } else {
            isLineCut = true;
        }
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int from = isFirstLine && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        isFirstLine = false;
        if (bytes.length == from) {
            endEvent();
        } else {
            takeField(bytes, from);
        }
        isLineCut = false;
    }

    private static boolean startsWithMark(byte[] bytes) {
        int length = BYTE_ORDER_MARK.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    /// A comment is a field without a name, which nobody knows.
    private void takeField(byte[] bytes, int from) {
        int colon = from;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, bytes.length);
        if (value < bytes.length && bytes[value] == ' ') {
            value++;
        }
        switch (new String(bytes, from, colon - from, UTF_8)) {
            case "data" -> takeData(bytes, value);
            case "event" -> type = shortText(bytes, value, type);
            case "id" -> takeId(shortText(bytes, value, "\0"));
            case "retry" -> takeRetry(shortText(bytes, value, ""));
            default -> {}
        }
    }

    private void takeData(byte[] bytes, int from) {
        if (hasData) {
            data.write('\n');
        }
        hasData = true;
        int length = bytes.length - from;
        isTooLarge |= isLineCut || data.size() + length > maxBytes;
        if (isTooLarge) {
            data.reset();
        } else {
            data.write(bytes, from, length);
        }
    }

    private String shortText(byte[] bytes, int from, String otherwise) {
        int length = bytes.length - from;
        return length > MAX_FIELD_BYTES ? otherwise : new String(bytes, from, length, UTF_8);
    }

    /// An id with a NUL is ignored, as the standard says.
    private void takeId(String id) {
        if (id.indexOf('\0') < 0) {
            pendingId = id.isEmpty() ? null : id;
        }
    }

    private void takeRetry(String millis) {
        if (MILLIS.matcher(millis).matches()) {
            retry = Duration.ofMillis(Long.parseLong(millis));
        }
    }

    private void endEvent() {
        lastEventId = pendingId;
        String eventType = type.isEmpty() ? DEFAULT_TYPE : type;
        if (hasData && kind.wants(eventType)) {
            outcomes.add(isTooLarge ? tooLarge() : outcomeOf(kind.format().read(data.toByteArray()), eventType));
        }
        data.reset();
        hasData = false;
        isTooLarge = false;
        type = "";
    }

    private Skipped tooLarge() {
        return new Skipped(new Failed(FetchFailure.TOO_LARGE, "an event's data is larger than " + maxBytes + " bytes"));
    }

    private StreamOutcome outcomeOf(FetchOutcome read, String eventType) {
        return switch (read) {
            case Fetched(Sample sample) -> new Received(sample, eventType, lastEventId);
            case Failed failed -> new Skipped(failed);
            case Unchanged _ -> throw new IllegalStateException("data has no earlier version");
        };
    }
}
