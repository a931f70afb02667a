package dev.fanfare.gateway.command;

import dev.fanfare.contract.channel.Channel;
import jakarta.inject.Singleton;

/// The same for every client and channel, as the configuration says.
@Singleton
final class ConfiguredPermissions implements Permissions {

    private final CommandConfig config;

    ConfiguredPermissions(CommandConfig config) {
        this.config = config;
    }

    @Override
    public boolean mayPublish(Client client, Channel channel) {
        return config.publishAllowed();
    }

    @Override
    public boolean mayReadHistory(Client client, Channel channel) {
        return config.historyAllowed();
    }
}
