package dev.fanfare.messaging.publish;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;

/// A draft that became a publication.
///
/// | component   | meaning                                                                      |
/// |-------------|------------------------------------------------------------------------------|
/// | `id`        | the caller's, or the one it was given                                        |
/// | `position`  | where the message is, also when it was stored by an earlier request          |
/// | `duplicate` | whether it was stored before under the same id and this request changed nothing |
public record Published(Channel channel, String id, StreamPosition position, boolean duplicate) {}
