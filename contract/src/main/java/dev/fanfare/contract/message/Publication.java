package dev.fanfare.contract.message;

/// A message that Redis accepted, with its position.
public record Publication(StreamPosition position, StoredMessage message) {}
