package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame that carries one page of the past: an envelope around the frames of its messages, as runs of bytes
/// that need only be copied one behind the other. No message is parsed or written.
///
/// ```text
/// {"event":"history","channel":"c","id":1,"position":{…},"messages":[{…},{…}],"next":{…}}
/// └─ head ──────────────────────────────────────────────────────────┘└─ frames ─┘└─ tail ─┘
/// ```
public final class HistoryFrame implements SplicedFrame {

    private static final byte[] COMMA = {','};

    private final byte[] head;
    private final List<PublicationFrame> messages;
    private final byte[] tail;

    private HistoryFrame(byte[] head, List<PublicationFrame> messages, byte[] tail) {
        this.head = head;
        this.messages = messages;
        this.tail = tail;
    }

    /// The answer to `request`.
    ///
    /// @param position where the stream of the channel ends, or null when there is none
    /// @param next the request of the next page, or null when there is none
    public static HistoryFrame of(
            ClientFrame.History request,
            @Nullable StreamPosition position,
            List<Publication> publications,
            ClientFrame.@Nullable History next) {
        Channel channel = request.channel();
        var head = new StringBuilder(160);
        FrameCodec.event(head, "history", channel);
        FrameCodec.appendId(head, request.id());
        HistoryFields.append(head, "position", position);
        head.append(",\"messages\":[");
        var tail = new StringBuilder("]");
        if (next != null) {
            tail.append(",\"next\":");
            HistoryFields.append(tail, next);
        }
        tail.append('}');
        byte[] ofChannel = PublicationFrame.head(channel);
        return new HistoryFrame(
                head.toString().getBytes(UTF_8),
                publications.stream()
                        .map(publication -> PublicationFrame.of(ofChannel, publication))
                        .toList(),
                tail.toString().getBytes(UTF_8));
    }

    @Override
    public int length() {
        int commas = Math.max(0, messages.size() - 1);
        return head.length
                + messages.stream().mapToInt(PublicationFrame::length).sum()
                + commas
                + tail.length;
    }

    @Override
    public void forEachPart(PartSink sink) {
        sink.part(head, 0, head.length);
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                sink.part(COMMA, 0, COMMA.length);
            }
            messages.get(i).forEachPart(sink);
        }
        sink.part(tail, 0, tail.length);
    }

    @Override
    public String toString() {
        return text();
    }
}
