package dev.fanfare.gateway.command;

import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.gateway.access.ConnectionShares;
import dev.fanfare.gateway.hub.LoopHub;
import dev.fanfare.gateway.hub.Outbound;
import dev.fanfare.gateway.recovery.Channels;
import jakarta.inject.Singleton;

/// What the dispatchers of all connections share. Any thread.
@Singleton
public class Commands {

    private final Channels channels;
    private final PublishAction publishing;
    private final HistoryAction history;
    private final Admittance admittance;
    private final ConnectionShares shares;
    private final CommandConfig config;
    private final CommandMetrics metrics;

    Commands(
            Channels channels,
            PublishAction publishing,
            HistoryAction history,
            Admittance admittance,
            ConnectionShares shares,
            CommandConfig config,
            CommandMetrics metrics) {
        this.channels = channels;
        this.publishing = publishing;
        this.history = history;
        this.admittance = admittance;
        this.shares = shares;
        this.config = CommandConfig.checked(config);
        this.metrics = metrics;
    }

    /// The dispatcher of a new connection, which is of the event loop of `hub`.
    public CommandDispatcher dispatcher(Client client, LoopHub hub, Outbound outbound) {
        return new CommandDispatcher(client, hub, outbound, this);
    }

    Channels channels() {
        return channels;
    }

    PublishAction publishing() {
        return publishing;
    }

    HistoryAction history() {
        return history;
    }

    Admittance admittance() {
        return admittance;
    }

    ConnectionShares shares() {
        return shares;
    }

    CommandConfig config() {
        return config;
    }

    CommandMetrics metrics() {
        return metrics;
    }
}
