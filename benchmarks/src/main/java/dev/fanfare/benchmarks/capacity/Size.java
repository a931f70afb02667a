package dev.fanfare.benchmarks.capacity;

/// How large the instances are.
///
/// | component        | unit and range                                                             |
/// |------------------|----------------------------------------------------------------------------|
/// | `maxConnections` | `fanfare.gateway.handshake.max-connections` of each gateway, from 1        |
/// | `gatewayCores`   | processors that each gateway may use, from 1                               |
/// | `publisherCores` | processors that each publisher may use, from 1                             |
record Size(int maxConnections, int gatewayCores, int publisherCores) {}
