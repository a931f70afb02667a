package dev.fanfare.gateway.command;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.access.limit.Excess;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.ErrorCode.Retry;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.frame.ClientFrame;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.messaging.admission.Admission;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.admission.AdmissionMetrics;
import dev.fanfare.messaging.admission.Entrance;
import dev.fanfare.messaging.admission.PublishPlace;
import dev.fanfare.messaging.publish.Attempted;
import dev.fanfare.messaging.publish.Draft;
import dev.fanfare.messaging.publish.Published;
import dev.fanfare.messaging.publish.Publishing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Publishing for clients: permission, a place, admission, the broker. Never blocks; on any event loop.
@Singleton
final class PublishAction {

    private static final String RETRY_PROMISE = "; publishing it again with the same messageId is safe";

    private final Admittance admittance;
    private final AdmissionGate gate;
    private final AdmissionMetrics metrics;
    private final Publishing publishing;

    PublishAction(Admittance admittance, AdmissionGate gate, AdmissionMetrics metrics, Publishing publishing) {
        this.admittance = admittance;
        this.gate = gate;
        this.metrics = metrics;
        this.publishing = publishing;
    }

    /// Publishes what `request` says. Requests of one connection for one channel are stored in the order of the
    /// calls.
    ///
    /// @return what is to be said to the client, empty for nothing: completes on any thread, never fails
    CompletableFuture<Optional<ServerFrame>> start(Client client, ClientFrame.Publish request) {
        Optional<Verdict.Refused> refusal = admittance.refusal(client.grant(), Operation.PUBLISH, request.channel());
        if (refusal.isPresent()) {
            return refused(request, refusal.get().code(), refusal.get().detail());
        }
        Optional<Excess> excess = admittance.publish(client.grant(), client.address(), 1);
        if (excess.isPresent()) {
            return refused(request, excess.get());
        }
        return switch (gate.enter(client.caller())) {
            case Entrance.Refused(ErrorCode code, String detail) -> refused(request, code, detail);
            case Entrance.Entered entered -> inPlace(client, request, entered.place());
        };
    }

    /// Refuses what the connection has no room for.
    ServerFrame refuse(ClientFrame.Publish request, String detail) {
        return refusal(request, ErrorCode.TOO_MANY_REQUESTS, detail);
    }

    private CompletableFuture<Optional<ServerFrame>> inPlace(
            Client client, ClientFrame.Publish request, PublishPlace place) {
        var draft = new Draft(
                request.channel(),
                request.data(),
                request.encoding(),
                request.messageId(),
                request.name(),
                client.token() == null ? null : client.token().clientId(),
                request.extras());
        if (gate.admit(List.of(draft)) instanceof Admission.Refused refused) {
            place.close();
            return refused(request, refused.code(), refused.detail());
        }
        if (!place.hold(draft.dataBytes())) {
            place.close();
            return refused(request, ErrorCode.OVERLOADED, PublishPlace.NO_ROOM);
        }
        metrics.admitted(1);
        return publishing.attempt(draft).thenApply(attempted -> {
            place.close();
            return answer(request, attempted);
        });
    }

    private static Optional<ServerFrame> answer(ClientFrame.Publish request, Attempted attempted) {
        return switch (attempted) {
            case Attempted.Stored(Published published) ->
                Optional.ofNullable(request.id())
                        .map(id -> new ServerFrame.Published(
                                published.channel(), id, published.id(), published.position(), published.duplicate()));
            case Attempted.Failed(FanfareException fault) ->
                Optional.of(new ServerFrame.Failed(
                        fault.code(),
                        fault.getMessage() + (fault.code().retry() == Retry.NEVER ? "" : RETRY_PROMISE),
                        request.id()));
        };
    }

    private CompletableFuture<Optional<ServerFrame>> refused(
            ClientFrame.Publish request, ErrorCode code, String detail) {
        return CompletableFuture.completedFuture(Optional.of(refusal(request, code, detail)));
    }

    private CompletableFuture<Optional<ServerFrame>> refused(ClientFrame.Publish request, Excess excess) {
        metrics.refused(excess.code());
        return CompletableFuture.completedFuture(
                Optional.of(new ServerFrame.Failed(excess.code(), excess.detail(), request.id(), excess.pause())));
    }

    private ServerFrame refusal(ClientFrame.Publish request, ErrorCode code, String detail) {
        metrics.refused(code);
        return new ServerFrame.Failed(code, detail, request.id());
    }
}
