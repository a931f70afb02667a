package dev.fanfare.publisher.http;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Doorkeeper;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.publish.Draft;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who sent a request, and what they may do.
///
/// @param address where it comes from
record Bearer(Grant grant, String address, Doorkeeper doorkeeper) {

    /// Why `operation` on `channel` is refused; empty when it is allowed.
    Optional<Problem> problemOf(Operation operation, Channel channel) {
        return doorkeeper
                .refusal(grant, operation, channel)
                .map(refused -> new Problem(refused.code(), refused.detail()));
    }

    /// Why `draft` may not be published; empty when it may.
    Optional<Problem> problemOf(Draft draft) {
        String bound = clientId();
        if (bound != null && draft.clientId() != null && !bound.equals(draft.clientId())) {
            return Optional.of(
                    new Problem(ErrorCode.FORBIDDEN, "the token publishes as its own clientId and as no other"));
        }
        return problemOf(Operation.PUBLISH, draft.channel());
    }

    /// Why so many messages, at least 1, may not be published now; empty when they may, and are counted.
    Optional<Problem> problemOfRate(int messages) {
        return doorkeeper
                .publish(grant, address, messages)
                .map(excess -> new Problem(excess.code(), excess.detail(), excess.pause()));
    }

    /// Why no token may be issued now, because too many were; empty when one may, and is counted.
    Optional<Problem> problemOfIssuing() {
        return doorkeeper.issue(grant).map(excess -> new Problem(excess.code(), excess.detail(), excess.pause()));
    }

    /// `draft` as published by the client that the token is bound to.
    Draft signed(Draft draft) {
        String bound = clientId();
        return bound == null ? draft : draft.withClientId(bound);
    }

    private @Nullable String clientId() {
        return grant.token() == null ? null : grant.token().clientId();
    }
}
