package dev.fanfare.gateway.command;

import dev.fanfare.contract.channel.Channel;

/// What clients may do: the one place that is asked. Never blocks; on any event loop.
public interface Permissions {

    boolean mayPublish(Client client, Channel channel);

    boolean mayReadHistory(Client client, Channel channel);
}
