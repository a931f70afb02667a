package dev.fanfare.contract.frame;

import dev.fanfare.contract.failure.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What became of the attempt to read a client's text as a frame.
public sealed interface FrameReading {

    record Understood(ClientFrame frame) implements FrameReading {}

    /// `id` is the request's, when it could be read before the failure.
    record Refused(ErrorCode code, String detail, @Nullable RequestId id) implements FrameReading {}
}
