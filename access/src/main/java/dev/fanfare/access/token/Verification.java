package dev.fanfare.access.token;

import dev.fanfare.contract.failure.ErrorCode;

/// What became of a token.
public sealed interface Verification {

    /// It is good now; whoever goes on using it must look at [Token#expiresAt].
    record Verified(Token token) implements Verification {}

    /// It is not taken.
    ///
    /// | component | meaning                                                                    |
    /// |-----------|----------------------------------------------------------------------------|
    /// | `code`    | one of the 401 codes of tokens, [ErrorCode#KEYS_UNAVAILABLE] or [ErrorCode#INTERNAL] |
    /// | `detail`  | what was wrong; holds no part of the token but short names from its header and claims |
    record Refused(ErrorCode code, String detail) implements Verification {}
}
