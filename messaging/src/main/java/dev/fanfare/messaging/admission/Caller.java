package dev.fanfare.messaging.admission;

/// Whose publishes are counted together.
///
/// | component | meaning                                                                          |
/// |-----------|----------------------------------------------------------------------------------|
/// | `name`    | the remote address, as the service sees it; two callers are one if it is the same |
public record Caller(String name) {}
