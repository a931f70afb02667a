package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.read.Channels;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/// The active channels in pages.
@Path("/v1/channels")
public final class ChannelListResource {

    private static final Set<String> NAMES = Set.of("prefix", "cursor", "limit");
    private static final int DEFAULT_LIMIT = 100;

    private final Bearers bearers;
    private final ReadIntake intake;
    private final Channels channels;
    private final Answers answers;

    ChannelListResource(Bearers bearers, ReadIntake intake, Channels channels, Answers answers) {
        this.bearers = bearers;
        this.intake = intake;
        this.channels = channels;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> channels(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return bearers.admit(exchange, bearer -> intake.take(() -> read(bearer, exchange)));
    }

    private RestResponse<JsonBody> read(Bearer bearer, HttpExchange exchange) {
        var parameters = new ReadParameters(exchange.query(), NAMES);
        String prefix = parameters.text("prefix").orElse("");
        if (!prefix.isEmpty() && !Channel.isValid(prefix)) {
            parameters.refuse("\"prefix\" is not the beginning of a channel name");
        }
        int limit = (int) parameters.number("limit", 1, ChannelDirectory.MAX_LIMIT, DEFAULT_LIMIT);
        Optional<String> cursor = parameters.text("cursor");
        return parameters.problem().map(answers::problem).orElseGet(() -> answer(bearer, prefix, cursor, limit));
    }

    private RestResponse<JsonBody> answer(Bearer bearer, String prefix, Optional<String> cursor, int limit) {
        Optional<ChannelListing> listing =
                channels.list(prefix, cursor.orElse(null), limit).map(found -> visible(bearer, found));
        return listing.map(found -> answers.page(new ChannelListBody(found), link(prefix, found, limit)))
                .orElseGet(() -> answers.problem(
                        new Problem(ErrorCode.PARAMETER_INVALID, "\"cursor\" is not one that an answer gave")));
    }

    /// Without the channels whose past the bearer may not read: their names are nobody's business.
    private static ChannelListing visible(Bearer bearer, ChannelListing listing) {
        return listing.only(channel -> bearer.grant().allows(Operation.HISTORY, channel));
    }

    private static Optional<String> link(String prefix, ChannelListing listing, int limit) {
        return Optional.ofNullable(listing.next())
                .map(next -> "channels?limit=" + limit + "&cursor=" + URLEncoder.encode(next, UTF_8)
                        + (prefix.isEmpty() ? "" : "&prefix=" + URLEncoder.encode(prefix, UTF_8)));
    }
}
