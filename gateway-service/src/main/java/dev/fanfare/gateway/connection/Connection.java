package dev.fanfare.gateway.connection;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.command.CommandDispatcher;
import dev.fanfare.gateway.hub.Outbound;
import dev.fanfare.gateway.hub.WireFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/// One client's WebSocket, while it is open. The unit of confinement: but for [#closeSoon] and [#tellSoon] every
/// method is called on the connection's event loop.
public final class Connection {

    private final String id;
    private final EventLoop loop;
    private final Outbound outbound;
    private final CommandDispatcher commands;

    Connection(String id, EventLoop loop, Outbound outbound, CommandDispatcher commands) {
        this.id = id;
        this.loop = loop;
        this.outbound = outbound;
        this.commands = commands;
    }

    /// Unique among the connections of this instance.
    public String id() {
        return id;
    }

    /// Greets a client that asked for the native protocol by name.
    void welcome() {
        tell(new ServerFrame.Welcome(id));
    }

    void tell(ServerFrame event) {
        ByteBuf frame = WireFrame.of(event);
        outbound.send(frame);
        frame.release();
    }

    /// Tells the client of an event, from any thread.
    void tellSoon(ServerFrame event) {
        loop.execute(() -> tell(event));
    }

    public void onText(String text) {
        commands.onText(text);
    }

    public void onBinary() {
        commands.onBinary();
    }

    /// The socket is closed, by whomever.
    public void onClosed() {
        commands.close();
    }

    public void close(CloseCode code) {
        outbound.close(code);
    }

    /// Starts the closing handshake from any thread.
    public void closeSoon(CloseCode code) {
        loop.execute(() -> close(code));
    }
}
