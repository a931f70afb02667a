package dev.fanfare.gateway.command;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.frame.ClientFrame;
import dev.fanfare.contract.frame.HistoryFrame;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.admission.Place;
import dev.fanfare.messaging.read.HistoryPages;
import dev.fanfare.messaging.read.HistoryQuery;
import dev.fanfare.messaging.read.PageReading;
import dev.fanfare.messaging.read.ReadMetrics;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reading the past for clients: permission, a place, the broker. Never blocks; on any event loop.
@Singleton
final class HistoryAction {

    private static final Logger LOG = Logger.getLogger(HistoryAction.class);

    private final Admittance admittance;
    private final AdmissionGate gate;
    private final HistoryPages pages;
    private final ReadMetrics metrics;
    private final int maxPageBytes;

    HistoryAction(
            Admittance admittance, AdmissionGate gate, HistoryPages pages, ReadMetrics metrics, CommandConfig config) {
        this.admittance = admittance;
        this.gate = gate;
        this.pages = pages;
        this.metrics = metrics;
        this.maxPageBytes = (int) config.maxPageBytes().asLongValue();
    }

    /// Reads the page that `request` asks for.
    ///
    /// @return what is to be said to the client: completes on any thread, never fails
    CompletableFuture<ServerFrame> start(Client client, ClientFrame.History request) {
        ReadMetrics.Attempt attempt = metrics.started();
        Optional<Verdict.Refused> refusal = admittance.refusal(client.grant(), Operation.HISTORY, request.channel());
        if (refusal.isPresent()) {
            attempt.ended(false);
            return refused(request, refusal.get().code(), refusal.get().detail());
        }
        HistoryQuery query = queryOf(request);
        Optional<String> contradiction = query.contradiction();
        if (contradiction.isPresent()) {
            attempt.ended(false);
            return refused(request, ErrorCode.FIELD_INVALID, contradiction.get());
        }
        Optional<Place> place = gate.enterRead();
        if (place.isEmpty()) {
            attempt.overloaded();
            return refused(request, ErrorCode.OVERLOADED, "nothing was read");
        }
        return pages.start(query, maxPageBytes).handle((reading, failure) -> {
            place.get().close();
            return failure == null ? answer(request, reading, attempt) : failed(request, failure, attempt);
        });
    }

    /// Refuses what the connection has no room for.
    ServerFrame refuse(ClientFrame.History request, String detail) {
        metrics.started().overloaded();
        return new ServerFrame.Failed(ErrorCode.TOO_MANY_REQUESTS, detail, request.id());
    }

    private static HistoryQuery queryOf(ClientFrame.History request) {
        return new HistoryQuery(
                request.channel(),
                request.direction(),
                request.from(),
                request.to(),
                request.startMillis(),
                request.endMillis(),
                request.limit());
    }

    private static ServerFrame answer(ClientFrame.History request, PageReading reading, ReadMetrics.Attempt attempt) {
        attempt.ended(reading instanceof PageReading.Page);
        return switch (reading) {
            case PageReading.Page page ->
                new ServerFrame.History(
                        HistoryFrame.of(request, page.position(), page.publications(), requestOf(page.next())));
            case PageReading.Unreadable unreadable ->
                new ServerFrame.Failed(unreadable.code(), unreadable.detail(), request.id());
        };
    }

    private static ClientFrame.@Nullable History requestOf(@Nullable HistoryQuery next) {
        return next == null
                ? null
                : new ClientFrame.History(
                        next.channel(),
                        next.direction(),
                        next.after(),
                        next.upTo(),
                        next.startMillis(),
                        next.endMillis(),
                        next.limit(),
                        null);
    }

    private static ServerFrame failed(ClientFrame.History request, Throwable failure, ReadMetrics.Attempt attempt) {
        attempt.failed();
        FanfareException fault = BrokerAnswer.faultOf(failure);
        if (fault.code() == ErrorCode.INTERNAL) {
            LOG.error("a read failed unexpectedly", fault);
        }
        return new ServerFrame.Failed(fault.code(), fault.getMessage(), request.id());
    }

    private static CompletableFuture<ServerFrame> refused(ClientFrame.History request, ErrorCode code, String detail) {
        return CompletableFuture.completedFuture(new ServerFrame.Failed(code, detail, request.id()));
    }
}
