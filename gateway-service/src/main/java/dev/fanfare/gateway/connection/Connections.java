package dev.fanfare.gateway.connection;

import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.gateway.command.Client;
import dev.fanfare.gateway.command.CommandDispatcher;
import dev.fanfare.gateway.command.Commands;
import dev.fanfare.gateway.hub.Hub;
import dev.fanfare.gateway.registry.Registrar;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The open connections of this instance. Any thread.
@Singleton
public class Connections {

    /// What a client speaks, as it is listed, that did not ask for a subprotocol.
    private static final String NO_SUBPROTOCOL = "plain";

    private final Hub hub;
    private final Commands commands;
    private final Admittance admittance;
    private final Registrar registrar;
    private final InstantSource clock;
    private final ConnectionConfig config;
    private final ConnectionMetrics metrics;
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
    private volatile boolean isDegraded;

    Connections(
            Hub hub,
            Commands commands,
            Admittance admittance,
            Registrar registrar,
            InstantSource clock,
            ConnectionConfig config,
            ConnectionMetrics metrics) {
        this.registrar = registrar;
        this.clock = clock;
        this.hub = hub;
        this.commands = commands;
        this.admittance = admittance;
        this.config = config;
        this.metrics = metrics;
        metrics.observe(open);
        admittance.onRevocation(revocation -> loops.values().forEach(onLoop -> onLoop.revokedSoon(revocation)));
        registrar.onEnd(this::end);
        registrar.onAnew(() -> loops.values().forEach(LoopConnections::changedAllSoon));
    }

    /// Makes ready for connections on `eventLoops`. Called once, before the first of them.
    public void start(List<EventLoop> eventLoops) {
        long share = config.maxTotalQueuedBytes().asLongValue() / eventLoops.size();
        for (EventLoop eventLoop : eventLoops) {
            var onLoop = new LoopConnections(eventLoop, hub.on(eventLoop), admittance, registrar, config, share);
            metrics.observe(loops.size(), onLoop.load());
            loops.put(eventLoop, onLoop);
            onLoop.start();
        }
    }

    /// What each event loop has to do.
    public Stream<LoopLoad> loads() {
        return loops.values().stream().map(LoopConnections::load);
    }

    /// Takes a freshly upgraded socket in, whose client may do what `grant` says, on its event loop. `channel` is the
    /// one under `socket`, and
    /// `remoteAddress` where it came from, or the client of a proxy that is believed.
    public Connection open(
            WebSocketConnection socket, Channel channel, String remoteAddress, Grant grant, boolean welcome) {
        LoopConnections onLoop = onLoop(channel.eventLoop());
        var writer = new ConnectionWriter(channel, socket, config, metrics, onLoop.load(), onLoop.closings());
        var client = new Client(remoteAddress, grant);
        CommandDispatcher dispatcher = commands.dispatcher(client, hub.on(channel.eventLoop()), writer);
        var budget = new InboundBudget(config, System.nanoTime());
        String subprotocol = socket.subprotocol();
        var connection = new Connection(
                socket.id(),
                channel.eventLoop(),
                writer,
                client,
                dispatcher,
                budget,
                clock.millis(),
                subprotocol == null || subprotocol.isEmpty() ? NO_SUBPROTOCOL : subprotocol);
        open.put(connection.id(), connection);
        onLoop.add(connection);
        dispatcher.onGrant(() -> {
            onLoop.watch(connection);
            onLoop.changed(connection);
        });
        dispatcher.onSubscriptions(() -> onLoop.changed(connection));
        metrics.opened();
        if (welcome) {
            connection.welcome();
        }
        if (isDegraded) {
            connection.tell(new ServerFrame.Degraded());
        }
        return connection;
    }

    private void end(ConnectionEnd end) {
        switch (end.kind()) {
            case CONNECTION -> {
                var _ = close(end.value(), CloseCode.ENDED_BY_ADMIN);
            }
            case SUBJECT -> open.values().forEach(connection -> connection.endedSoon(end.value()));
        }
    }

    private LoopConnections onLoop(EventLoop eventLoop) {
        LoopConnections onLoop = loops.get(eventLoop);
        if (onLoop == null) {
            throw new IllegalStateException("a connection on an event loop that was not announced");
        }
        return onLoop;
    }

    /// The WebSocket of `connection` has ended. On its event loop.
    public void closed(Connection connection) {
        if (open.remove(connection.id()) != null) {
            onLoop(connection.loop()).remove(connection);
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

    /// Tells one client of an event, if `condition` holds for the rule of each of its channels; runs `onTold` then, on
    /// the event loop of the connection.
    public void tellIf(String id, ServerFrame event, Predicate<ChannelRule> condition, Runnable onTold) {
        Connection connection = open.get(id);
        if (connection != null) {
            connection.tellSoonIf(event, condition, onTold);
        }
    }

    /// The ids of the open connections: a view, which changes with them.
    public Set<String> ids() {
        return Collections.unmodifiableSet(open.keySet());
    }

    public int count() {
        return open.size();
    }
}
