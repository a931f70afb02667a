package dev.fanfare.publisher.issue;

import dev.fanfare.contract.failure.ErrorCode;
import java.time.Instant;

/// What became of an order.
public sealed interface Issuing {

    /// The token was signed.
    ///
    /// | component   | meaning                                   |
    /// |-------------|-------------------------------------------|
    /// | `order`     | what was asked for                         |
    /// | `token`     | never printed                             |
    /// | `id`        | `jti`, by which it can be revoked           |
    /// | `issuedAt`  | `iat`, in whole seconds                     |
    /// | `expiresAt` | `exp`, in whole seconds                     |
    record Issued(TokenOrder order, String token, String id, Instant issuedAt, Instant expiresAt) implements Issuing {

        @Override
        public String toString() {
            return "Issued[id=" + id + "]";
        }
    }

    /// There is none; `detail` says why.
    record Refused(ErrorCode code, String detail) implements Issuing {}
}
