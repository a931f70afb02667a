package dev.fanfare.access.token;

import dev.fanfare.contract.failure.ErrorCode;

/// Carries a refusal out of the depth of a check; never leaves the package. Has no stack trace, because anybody
/// can cause as many as they like.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RefusedException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    Verification.Refused refusal() {
        return new Verification.Refused(code, String.valueOf(getMessage()));
    }
}
