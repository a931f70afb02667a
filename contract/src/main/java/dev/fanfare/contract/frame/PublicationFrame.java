package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.util.Arrays;

/// The frame that carries one message to subscribers, as three runs of bytes that need only be copied
/// one behind the other.
///
/// ```text
/// {"channel":"c",  "message":…,"id":"a1","timestamp":…  ,"epoch":"e","offset":7}
/// └─ head ──────┘  └─ members of the stored message ───┘ └─ tail ───────────────┘
/// ```
///
/// No JSON is parsed or written per message but the tail. The parts are made once per message, whatever
/// the number of subscribers.
public final class PublicationFrame implements SplicedFrame {

    private final byte[] head;
    private final byte[] body;
    private final int bodyFrom;
    private final int bodyLength;
    private final byte[] tail;

    private PublicationFrame(byte[] head, byte[] body, int bodyFrom, int bodyLength, byte[] tail) {
        this.head = head;
        this.body = body;
        this.bodyFrom = bodyFrom;
        this.bodyLength = bodyLength;
        this.tail = tail;
    }

    /// The part that all frames of a channel share; made once and kept with the channel.
    public static byte[] head(Channel channel) {
        return ("{\"channel\":\"" + channel.name() + "\",").getBytes(UTF_8);
    }

    /// The frame of a stored message. `head` is that of its channel.
    public static PublicationFrame of(byte[] head, Publication publication) {
        StoredMessage message = publication.message();
        return new PublicationFrame(
                head, message.utf8(), message.membersFrom(), message.membersLength(), tail(publication.position()));
    }

    /// The frame of a plain Redis message: `message` is the string that it was, and it has no position.
    public static PublicationFrame ofPlain(byte[] head, String text) {
        var json = new StringBuilder(text.length() + 32).append("\"message\":");
        JsonWriting.appendString(json, text);
        byte[] body = json.append('}').toString().getBytes(UTF_8);
        return new PublicationFrame(head, body, 0, body.length, new byte[0]);
    }

    private static byte[] tail(StreamPosition position) {
        var json = new StringBuilder(48);
        JsonWriting.appendMember(json, "epoch", position.epoch());
        return json.append(",\"offset\":")
                .append(position.offset())
                .append('}')
                .toString()
                .getBytes(UTF_8);
    }

    /// The same frame, for a subscriber for whom messages before it were left out.
    ///
    /// @param skipped number of those messages, from 1
    public PublicationFrame withSkipped(long skipped) {
        byte[] member = (",\"skipped\":" + skipped + "}").getBytes(UTF_8);
        return tail.length == 0
                ? new PublicationFrame(head, body, bodyFrom, bodyLength - 1, member)
                : new PublicationFrame(head, body, bodyFrom, bodyLength, joined(tail, tail.length - 1, member));
    }

    private static byte[] joined(byte[] first, int firstLength, byte[] second) {
        byte[] both = Arrays.copyOf(first, firstLength + second.length);
        System.arraycopy(second, 0, both, firstLength, second.length);
        return both;
    }

    @Override
    public int length() {
        return head.length + bodyLength + tail.length;
    }

    @Override
    public void forEachPart(PartSink sink) {
        sink.part(head, 0, head.length);
        sink.part(body, bodyFrom, bodyLength);
        sink.part(tail, 0, tail.length);
    }

    @Override
    public String toString() {
        return text();
    }
}
