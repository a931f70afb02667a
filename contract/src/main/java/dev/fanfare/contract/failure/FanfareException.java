package dev.fanfare.contract.failure;

import org.jspecify.annotations.Nullable;

/// The one fault type: something that should have worked did not.
///
/// Expected refusals are values, not exceptions. The message is the detail, safe to show to callers.
public final class FanfareException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public FanfareException(ErrorCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    public FanfareException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    public ErrorCode code() {
        return code;
    }
}
