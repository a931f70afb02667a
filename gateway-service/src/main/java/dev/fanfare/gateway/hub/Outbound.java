package dev.fanfare.gateway.hub;

import dev.fanfare.contract.failure.CloseCode;
import io.netty.buffer.ByteBuf;

/// All that the hub may do to a connection. Called on the connection's event loop only.
public interface Outbound {

    /// Writes one or more complete WebSocket frames, `length` bytes of `frames` from `index` on, or closes the
    /// connection when too much waits already. The buffer is shared with other connections and stays the caller's.
    void send(ByteBuf frames, int index, int length);

    /// The same with all readable bytes.
    default void send(ByteBuf frames) {
        send(frames, frames.readerIndex(), frames.readableBytes());
    }

    /// Whether so little waits that a message sent now is fresh when it arrives.
    boolean hasRoom();

    /// Starts the closing handshake; what was sent before still goes out first.
    void close(CloseCode code);
}
