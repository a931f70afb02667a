package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ConnectionPlace;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.channel.Channel;
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
import org.jspecify.annotations.Nullable;

/// The connections of all gateways in pages, for those who may do `admin` on every channel.
@Path("/v1/connections")
public final class ConnectionListResource {

    private static final Set<String> NAMES = Set.of("subject", "channel", "cursor", "limit");
    private static final int DEFAULT_LIMIT = 100;

    private final Admins admins;
    private final ReadIntake intake;
    private final ConnectionRegistry registry;
    private final Answers answers;

    ConnectionListResource(Admins admins, ReadIntake intake, ConnectionRegistry registry, Answers answers) {
        this.admins = admins;
        this.intake = intake;
        this.registry = registry;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> connections(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(exchange, "listing connections", () -> intake.take(() -> read(exchange)));
    }

    private RestResponse<JsonBody> read(HttpExchange exchange) {
        var parameters = new ReadParameters(exchange.query(), NAMES);
        Optional<String> subject = parameters.text("subject");
        if (subject.isPresent() && !ConnectionEnd.isValid(subject.get())) {
            parameters.refuse("\"subject\" is no subject of a token");
        }
        Optional<String> channel = parameters.text("channel");
        if (channel.isPresent() && !Channel.isValid(channel.get())) {
            parameters.refuse("\"channel\" is no channel name");
        }
        ConnectionPlace after =
                parameters.text("cursor").map(text -> placeOf(text, parameters)).orElse(null);
        int limit = (int) parameters.number("limit", 1, ConnectionRegistry.MAX_LIMIT, DEFAULT_LIMIT);
        return parameters
                .problem()
                .map(answers::problem)
                .orElseGet(() -> answer(new ConnectionQuery(
                        subject.orElse(null), channel.map(Channel::new).orElse(null), after, limit)));
    }

    private static @Nullable ConnectionPlace placeOf(String cursor, ReadParameters parameters) {
        try {
            return ConnectionPlace.parse(cursor);
        } catch (IllegalArgumentException _) {
            parameters.refuse("\"cursor\" is not one that an answer gave");
            return null;
        }
    }

    private RestResponse<JsonBody> answer(ConnectionQuery query) {
        ConnectionListing listing = BrokerAnswer.await(registry.list(query));
        return answers.page(new ConnectionListBody(listing), link(query, listing));
    }

    private static Optional<String> link(ConnectionQuery query, ConnectionListing listing) {
        return Optional.ofNullable(listing.next())
                .map(next -> "connections?limit=" + query.limit() + "&cursor=" + next.text()
                        + parameter("subject", query.subject())
                        + parameter(
                                "channel",
                                query.channel() == null ? null : query.channel().name()));
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, UTF_8);
    }
}
