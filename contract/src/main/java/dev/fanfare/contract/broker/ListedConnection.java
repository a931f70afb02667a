package dev.fanfare.contract.broker;

/// A connection and the gateway instance that holds it.
public record ListedConnection(String instance, OpenConnection connection) {}
