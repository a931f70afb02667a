/// The JSON text frames between a client and the gateway.
///
/// Read [ClientFrame] and [ServerFrame] for what can be said, [FrameCodec] for how, and [PublicationFrame]
/// and [HistoryFrame] for those that are spliced instead of written. The numbered statements are in
/// `docs/reference/protocol.md`. Uses `broker`, `channel`, `message` and `failure`.
@NullMarked
package dev.fanfare.contract.frame;

import org.jspecify.annotations.NullMarked;
