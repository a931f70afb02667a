package dev.fanfare.gateway.edge;

import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.gateway.access.Admittance;
import dev.fanfare.gateway.access.ConnectionShares;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stands where HTTP requests become WebSockets: refuses them, or keeps the Netty channel for later.
@Singleton
public class UpgradeGate implements HttpUpgradeCheck {

    /// With which a client says that it comes back: `?resume=true`.
    static final String RESUME = "resume";

    /// The header of a refusal that names its reason.
    static final String REFUSED = "Fanfare-Refused";

    /// Under which the upgrade leaves the remote address for the socket.
    static final TypedKey<String> REMOTE_ADDRESS = new TypedKey<>("fanfare.remote-address");

    /// Under which the upgrade leaves what the client may do for the socket.
    static final TypedKey<Grant> GRANT = new TypedKey<>("fanfare.grant");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Handshakes handshakes;
    private final RetryTimes retryTimes;
    private final HandshakeMetrics metrics;
    private final TokenCarriers carriers;
    private final Admittance admittance;
    private final ConnectionShares shares;

    UpgradeGate(
            Handshakes handshakes,
            RetryTimes retryTimes,
            HandshakeMetrics metrics,
            TokenCarriers carriers,
            Admittance admittance,
            ConnectionShares shares) {
        this.shares = shares;
        this.carriers = carriers;
        this.admittance = admittance;
        this.handshakes = handshakes;
        this.retryTimes = retryTimes;
        this.metrics = metrics;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        boolean isResume = "true".equals(context.httpRequest().getParam(RESUME));
        Channel client = NettyChannels.of(context.httpRequest());
        Refusal refusal = handshakes.refusal(client, isResume);
        if (refusal != null) {
            metrics.refused(refusal);
            return CheckResult.rejectUpgrade(SERVICE_UNAVAILABLE, headersOf(refusal));
        }
        context.userData().put(NettyChannels.KEY, client);
        context.userData().put(REMOTE_ADDRESS, addressOf(context.httpRequest()));
        return switch (carriers.find(context.httpRequest())) {
            case CarriedToken.None _ -> letIn(context, client, admittance.strangers());
            case CarriedToken.Found(String token) -> verify(context, client, token);
            case CarriedToken.ForeignOrigin _ -> turnAway(context, FORBIDDEN, "origin", Map.of());
        };
    }

    private Uni<CheckResult> verify(HttpUpgradeContext context, Channel client, String token) {
        return Uni.createFrom()
                .completionStage(admittance.admit(token, addressOf(context.httpRequest())))
                .emitOn(task -> runOn(client, task))
                .chain(verdict -> switch (verdict) {
                    case Verdict.Granted(Grant grant) -> letIn(context, client, grant);
                    case Verdict.Refused(ErrorCode code, String _) -> turnAway(context, code);
                });
    }

    /// At once on the client's event loop, so that the usual case takes no further turn of it.
    private static void runOn(Channel client, Runnable task) {
        if (client.eventLoop().inEventLoop()) {
            task.run();
        } else {
            client.eventLoop().execute(task);
        }
    }

    private Uni<CheckResult> letIn(HttpUpgradeContext context, Channel client, Grant grant) {
        Optional<Runnable> leave = shares.enter(addressOf(context.httpRequest()), grant.token());
        if (leave.isEmpty()) {
            metrics.refused(Refusal.TOO_MANY_CONNECTIONS);
            return turnAway(context, ErrorCode.TOO_MANY_CONNECTIONS);
        }
        client.closeFuture().addListener(_ -> leave.get().run());
        context.userData().put(GRANT, grant);
        return CheckResult.permitUpgrade();
    }

    private Uni<CheckResult> turnAway(HttpUpgradeContext context, ErrorCode code) {
        Map<String, List<String>> headers = code.httpStatus() == UNAUTHORIZED
                ? Map.of("WWW-Authenticate", List.of("Bearer error=\"invalid_token\""))
                : Map.of("Retry-After", List.of(Integer.toString(retryTimes.spread())));
        return turnAway(context, code.httpStatus(), code.slug(), headers);
    }

    /// Refuses and ends the connection, which would hold a seat.
    private static Uni<CheckResult> turnAway(
            HttpUpgradeContext context, int status, String reason, Map<String, List<String>> headers) {
        HttpServerRequest request = context.httpRequest();
        request.response().endHandler(_ -> request.connection().close());
        Map<String, List<String>> all = new HashMap<>(headers);
        all.put(REFUSED, List.of(reason));
        all.put("Connection", List.of("close"));
        return CheckResult.rejectUpgrade(status, all);
    }

    /// Vert.x names the client of a proxy where `quarkus.http.proxy.*` says to believe it.
    private static String addressOf(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        // What a proxy says need not be an IP address.
        String host = remote == null || address != null ? address : remote.host();
        return host == null ? String.valueOf(remote) : host;
    }

    private Map<String, List<String>> headersOf(Refusal refusal) {
        String seconds = Integer.toString(retryTimes.after(refusal));
        return Map.of("Retry-After", List.of(seconds), REFUSED, List.of(refusal.slug()));
    }
}
