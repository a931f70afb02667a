/// The way in: the HTTP upgrade and the callbacks of the WebSocket extension.
///
/// Read [GatewaySocket], then [UpgradeGate]. [NettyChannels] is the one place that knows Vert.x internals.
/// Uses `connection`.
@NullMarked
package dev.fanfare.gateway.edge;

import org.jspecify.annotations.NullMarked;
