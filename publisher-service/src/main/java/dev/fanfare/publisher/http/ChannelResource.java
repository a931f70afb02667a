package dev.fanfare.publisher.http;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.messaging.read.Channels;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// How one channel stands.
@Path("/v1/channels/{channel}")
public final class ChannelResource {

    private final Bearers bearers;
    private final ReadIntake intake;
    private final Channels channels;
    private final ChannelRules rules;
    private final Answers answers;

    ChannelResource(Bearers bearers, ReadIntake intake, Channels channels, ChannelRules rules, Answers answers) {
        this.bearers = bearers;
        this.intake = intake;
        this.channels = channels;
        this.rules = rules;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> channel(@RestPath String channel, @Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return bearers.admit(exchange, bearer -> intake.take(() -> read(bearer, channel, exchange)));
    }

    private RestResponse<JsonBody> read(Bearer bearer, String segment, HttpExchange exchange) {
        var parameters = new ReadParameters(exchange.query(), Set.of());
        Optional<Channel> channel = parameters.channel(segment, exchange.hasPathParameters());
        return parameters
                .problem()
                .or(() -> bearer.problemOf(Operation.HISTORY, channel.orElseThrow()))
                .map(answers::problem)
                .orElseGet(() -> answer(channel.orElseThrow()));
    }

    private RestResponse<JsonBody> answer(Channel channel) {
        return answers.page(new ChannelBody(channels.status(channel), rules.ruleFor(channel)), Optional.empty());
    }
}
