/// One WebSocket connection, from its upgrade to its close.
///
/// Read [Connection], then [ConnectionWriter], the only class that writes to a socket. Uses `command`,
/// `hub` and `contract`.
@NullMarked
package dev.fanfare.gateway.connection;

import org.jspecify.annotations.NullMarked;
