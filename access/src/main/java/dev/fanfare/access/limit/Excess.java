package dev.fanfare.access.limit;

import dev.fanfare.contract.failure.ErrorCode;
import java.time.Duration;

/// There is too much of something at the moment.
///
/// | component | meaning                                                         |
/// |-----------|-----------------------------------------------------------------|
/// | `detail`  | of what, for people, safe to show to whoever is refused          |
/// | `pause`   | how long it takes until there may be more again, more than 0      |
public record Excess(ErrorCode code, String detail, Duration pause) {}
