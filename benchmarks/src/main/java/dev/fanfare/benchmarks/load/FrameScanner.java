package dev.fanfare.benchmarks.load;

import java.util.Arrays;

/// Finds the messages in the bytes that a server sends over one WebSocket, in whatever pieces they come.
///
/// It follows the frames (RFC 6455, 5.2), because a length may look like a mark, and looks for the
/// marks of [Payload] inside of data frames. So it counts the same for servers that send a frame per
/// message, many messages per frame, or a message over two frames. Allocates nothing per message.
final class FrameScanner {

    /// Receives what is found, in order.
    interface Sink {

        /// One delivered message.
        void onMessage(long sequence, long sentMicros);

        /// A data frame without a message in it has ended. `first` and `second` are its first bytes, -1
        /// where there is none.
        void onOther(int first, int second);

        /// A ping with this payload.
        void onPing(byte[] payload);

        /// The server closes, with this code; 1005 when it gave none.
        void onClose(int code);
    }

    private static final int MAX_CONTROL = 125;
    private static final int CONTROL = 0x08;
    private static final int OPCODE = 0x0F;
    private static final int CLOSE = 0x08;
    private static final int PING = 0x09;
    private static final int MASKED = 0x80;
    private static final int LENGTH_7_BIT = 0x7F;
    private static final int LENGTH_16_BIT_FOLLOWS = 126;
    private static final int NO_CODE = 1005;

    private final Sink sink;
    private final int filler;

    /// Bytes of the header that were read: 0 before a frame, then 1, then 2 from the length on.
    private int headerBytes;

    private int opcode;
    private int lengthBytesLeft;
    private long left;
    private long taken;
    private int first;
    private int second;
    private boolean hasMessage;

    private int markLeft;
    private long sequence;
    private long time;
    private int skip;

    private byte[] control = new byte[0];

    /// @param filler bytes behind a mark that hold none, see [Payload#filler]
    FrameScanner(int filler, Sink sink) {
        this.filler = filler;
        this.sink = sink;
    }

    /// Takes `bytes` from index `from` up to, but not including, `to`.
    ///
    /// @throws IllegalStateException if this is not what a server sends
    void scan(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (left == 0) {
                header(bytes[at++] & 0xFF);
            } else {
                int end = (int) Math.min(to, at + left);
                payload(bytes, at, end);
                left -= end - at;
                at = end;
                if (left == 0) {
                    endFrame();
                }
            }
        }
    }

    private void header(int octet) {
        if (headerBytes == 0) {
            opcode = octet & OPCODE;
            headerBytes = 1;
        } else if (headerBytes == 1) {
            headerBytes = 2;
            length(octet);
        } else {
            taken = (taken << 8) | octet;
            if (--lengthBytesLeft == 0) {
                begin(taken);
            }
        }
    }

    private void length(int octet) {
        if ((octet & MASKED) != 0) {
            throw new IllegalStateException("the server masks its frames");
        }
        int length = octet & LENGTH_7_BIT;
        if (length < LENGTH_16_BIT_FOLLOWS) {
            begin(length);
        } else {
            lengthBytesLeft = length == LENGTH_16_BIT_FOLLOWS ? Short.BYTES : Long.BYTES;
            taken = 0;
        }
    }

    private void begin(long length) {
        left = length;
        taken = 0;
        first = -1;
        second = -1;
        hasMessage = false;
        if ((opcode & CONTROL) != 0) {
            if (length > MAX_CONTROL) {
                throw new IllegalStateException("a control frame of " + length + " bytes");
            }
            control = new byte[(int) length];
        }
        if (length == 0) {
            endFrame();
        }
    }

    private void endFrame() {
        headerBytes = 0;
        if (opcode == PING) {
            sink.onPing(control);
        } else if (opcode == CLOSE) {
            sink.onClose(control.length < 2 ? NO_CODE : (control[0] & 0xFF) << 8 | (control[1] & 0xFF));
        } else if ((opcode & CONTROL) == 0 && !hasMessage) {
            sink.onOther(first, second);
        }
    }

    private void payload(byte[] bytes, int from, int to) {
        if ((opcode & CONTROL) != 0) {
            System.arraycopy(bytes, from, control, (int) taken, to - from);
        } else {
            if (taken < 2) {
                remember(bytes, from, to);
            }
            data(bytes, from, to);
        }
        taken += to - from;
    }

    private void remember(byte[] bytes, int from, int to) {
        int at = from;
        if (taken == 0) {
            first = bytes[at++];
        }
        if (at < to) {
            second = bytes[at];
        }
    }

    private void data(byte[] bytes, int from, int to) {
        // A message over several frames belongs to each of them.
        hasMessage |= markLeft > 0 || skip > 0;
        int at = from;
        while (at < to) {
            if (markLeft > 0) {
                mark(bytes[at++]);
            } else if (skip > 0) {
                int skipped = Math.min(skip, to - at);
                skip -= skipped;
                at += skipped;
            } else {
                at = indexOfMark(bytes, at, to) + 1;
                if (at > 0) {
                    hasMessage = true;
                    markLeft = Payload.MARK_LENGTH;
                    sequence = 0;
                    time = 0;
                } else {
                    return;
                }
            }
        }
    }

    private void mark(int octet) {
        markLeft--;
        if (octet >= '0' && octet <= '9') {
            if (markLeft > Payload.TIME_DIGITS) {
                sequence = sequence * 10 + (octet - '0');
            } else {
                time = time * 10 + (octet - '0');
            }
        } else if (octet != (markLeft == 0 ? ';' : ',')) {
            throw new IllegalStateException("the server changes messages: byte " + octet + " in a mark");
        }
        if (markLeft == 0) {
            skip = filler;
            sink.onMessage(sequence, time);
        }
    }

    private static int indexOfMark(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == Payload.MARK) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "FrameScanner[opcode=" + opcode + ", left=" + left + ", control=" + Arrays.toString(control) + "]";
    }
}
