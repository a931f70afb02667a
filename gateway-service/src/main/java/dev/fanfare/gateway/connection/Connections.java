package dev.fanfare.gateway.connection;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.command.CommandConfig;
import dev.fanfare.gateway.command.CommandDispatcher;
import dev.fanfare.gateway.command.CommandMetrics;
import dev.fanfare.gateway.hub.Hub;
import dev.fanfare.gateway.hub.LoopHub;
import dev.fanfare.gateway.recovery.Channels;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections of this instance. Any thread.
@Singleton
public class Connections {

    private final Hub hub;
    private final Channels channels;
    private final ConnectionConfig config;
    private final ConnectionMetrics metrics;
    private final CommandConfig commandConfig;
    private final CommandMetrics commandMetrics;
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private volatile boolean isDegraded;

    Connections(
            Hub hub,
            Channels channels,
            ConnectionConfig config,
            ConnectionMetrics metrics,
            CommandConfig commandConfig,
            CommandMetrics commandMetrics) {
        this.hub = hub;
        this.channels = channels;
        this.config = config;
        this.metrics = metrics;
        this.commandConfig = commandConfig;
        this.commandMetrics = commandMetrics;
        metrics.observe(open);
    }

    /// Takes a freshly upgraded socket in, on its event loop. `channel` is the one under `socket`.
    public Connection open(WebSocketConnection socket, Channel channel, boolean welcome) {
        int maxQueuedBytes = (int) config.maxQueuedBytes().asLongValue();
        var writer = new ConnectionWriter(channel, socket, maxQueuedBytes, metrics);
        LoopHub onLoop = hub.on(channel.eventLoop());
        var commands = new CommandDispatcher(onLoop, channels, writer, commandConfig, commandMetrics);
        var connection = new Connection(socket.id(), channel.eventLoop(), writer, commands);
        open.put(connection.id(), connection);
        metrics.opened();
        if (welcome) {
            connection.welcome();
        }
        if (isDegraded) {
            connection.tell(new ServerFrame.Degraded());
        }
        return connection;
    }

    /// The socket under `connection` is closed.
    public void closed(Connection connection) {
        if (open.remove(connection.id()) != null) {
            connection.onClosed();
            metrics.closed();
        }
    }

    /// Tells everybody, and whoever comes meanwhile, that Redis is away.
    public void degraded() {
        isDegraded = true;
        tellAll(new ServerFrame.Degraded());
    }

    /// Tells everybody that Redis is back and nothing is missing any more.
    public void restored() {
        isDegraded = false;
        tellAll(new ServerFrame.Restored());
    }

    private void tellAll(ServerFrame event) {
        open.values().forEach(connection -> connection.tellSoon(event));
    }

    /// Starts to close every connection.
    public void closeAll(CloseCode code) {
        open.values().forEach(connection -> connection.closeSoon(code));
    }

    /// Starts to close one connection; returns whether there was such a one.
    public boolean close(String id, CloseCode code) {
        Connection connection = open.get(id);
        if (connection != null) {
            connection.closeSoon(code);
        }
        return connection != null;
    }

    /// Tells one client of an event; returns whether there was such a connection.
    public boolean tell(String id, ServerFrame event) {
        Connection connection = open.get(id);
        if (connection != null) {
            connection.tellSoon(event);
        }
        return connection != null;
    }

    /// The ids of the open connections: a view, which changes with them.
    public Set<String> ids() {
        return Collections.unmodifiableSet(open.keySet());
    }

    public int count() {
        return open.size();
    }
}
