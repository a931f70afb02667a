/// The load generator: many WebSocket connections, one publisher, and a count of every delivery.
///
/// Everything here runs on one event loop, which [Load] owns; read [Load], then [Run] for how the
/// rate is set and [FrameScanner] for how deliveries are counted. Knows no server: what differs from
/// server to server is in [Dialect] and [Publisher]. Uses `redis`.
@NullMarked
package dev.fanfare.benchmarks.load;

import org.jspecify.annotations.NullMarked;
