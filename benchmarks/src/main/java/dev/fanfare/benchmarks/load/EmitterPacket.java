package dev.fanfare.benchmarks.load;

/// What `@socket.io/redis-emitter` publishes, in MessagePack:
/// `["emitter", {"type": 2, "data": ["message", payload], "nsp": "/"}, {"rooms": [room], "except": [], "flags": {}}]`.
final class EmitterPacket {

    private static final int ARRAY = 0x90;
    private static final int MAP = 0x80;
    private static final int SHORT_STRING = 0xA0;
    private static final int MAX_SHORT_STRING = 31;
    private static final char STRING_16 = 0xDA;
    private static final char EVENT = 2;

    private EmitterPacket() {}

    /// One character per byte, with [Template#PAYLOAD] where the payload belongs.
    static String of(String room, int payloadBytes) {
        return head(ARRAY, 3)
                + string("emitter")
                + head(MAP, 3)
                + string("type")
                + number(EVENT)
                + string("data")
                + head(ARRAY, 2)
                + string("message")
                + payload(payloadBytes)
                + string("nsp")
                + string("/")
                + head(MAP, 3)
                + string("rooms")
                + head(ARRAY, 1)
                + string(room)
                + string("except")
                + head(ARRAY, 0)
                + string("flags")
                + head(MAP, 0);
    }

    private static String payload(int bytes) {
        return longHead(bytes) + Template.PAYLOAD;
    }

    private static String string(String text) {
        return text.length() <= MAX_SHORT_STRING
                ? head(SHORT_STRING, text.length()) + text
                : longHead(text.length()) + text;
    }

    private static String longHead(int length) {
        return "" + STRING_16 + (char) (length >> 8) + (char) (length & 0xFF);
    }

    private static String head(int kind, int count) {
        return String.valueOf((char) (kind | count));
    }

    private static String number(char small) {
        return String.valueOf(small);
    }
}
