package dev.fanfare.benchmarks.load;

/// Latencies in milliseconds: half, 99 % and 99.9 % of the deliveries took at most so long, and the
/// longest.
public record Percentiles(double p50, double p99, double p999, double max) {}
