package dev.fanfare.access.grant;

import dev.fanfare.contract.failure.ErrorCode;

/// What became of somebody who came with or without a token.
public sealed interface Verdict {

    record Granted(Grant grant) implements Verdict {}

    /// `detail` says why, without anything of the token that is secret.
    record Refused(ErrorCode code, String detail) implements Verdict {}
}
