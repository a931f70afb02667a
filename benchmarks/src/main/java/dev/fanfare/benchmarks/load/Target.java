package dev.fanfare.benchmarks.load;

/// A server that runs: where it listens on the loopback interface, how clients speak to it, and how
/// messages reach it.
public record Target(int port, Dialect dialect, PublisherKind publisher) {}
