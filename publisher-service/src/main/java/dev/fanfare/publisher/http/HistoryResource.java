package dev.fanfare.publisher.http;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.messaging.read.HistoryPages;
import dev.fanfare.messaging.read.HistoryQuery;
import dev.fanfare.messaging.read.PageReading;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The past of a channel in pages.
@Path("/v1/channels/{channel}/messages")
public final class HistoryResource {

    private final Bearers bearers;
    private final ReadIntake intake;
    private final HistoryPages pages;
    private final Answers answers;

    HistoryResource(Bearers bearers, ReadIntake intake, HistoryPages pages, Answers answers) {
        this.bearers = bearers;
        this.intake = intake;
        this.pages = pages;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> messages(@RestPath String channel, @Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return bearers.admit(exchange, bearer -> intake.take(() -> read(bearer, channel, exchange)));
    }

    private RestResponse<JsonBody> read(Bearer bearer, String segment, HttpExchange exchange) {
        var parameters = new ReadParameters(exchange.query(), HistoryParameters.NAMES);
        Optional<HistoryQuery> query = parameters
                .channel(segment, exchange.hasPathParameters())
                .map(channel -> HistoryParameters.read(parameters, channel));
        return parameters
                .problem()
                .or(() ->
                        bearer.problemOf(Operation.HISTORY, query.orElseThrow().channel()))
                .map(answers::problem)
                .orElseGet(() -> answer(query.orElseThrow()));
    }

    private RestResponse<JsonBody> answer(HistoryQuery query) {
        return switch (pages.read(query)) {
            case PageReading.Page page -> answers.page(new HistoryBody(query.channel(), page), link(page.next()));
            case PageReading.Unreadable unreadable ->
                answers.problem(new Problem(unreadable.code(), unreadable.detail()));
        };
    }

    /// Relative to the address of the request, so that it survives whatever stands between.
    private static Optional<String> link(@Nullable HistoryQuery next) {
        return Optional.ofNullable(next).map(query -> "messages?" + HistoryParameters.write(query));
    }
}
