package dev.fanfare.gateway.edge;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// Stands where HTTP requests become WebSockets: refuses them, or keeps the Netty channel for later.
@Singleton
public class UpgradeGate implements HttpUpgradeCheck {

    /// With which a client says that it comes back: `?resume=true`.
    static final String RESUME = "resume";

    /// The header of a refusal that names its reason.
    static final String REFUSED = "Fanfare-Refused";

    /// Under which the upgrade leaves the remote address for the socket.
    static final TypedKey<String> REMOTE_ADDRESS = new TypedKey<>("fanfare.remote-address");

    private static final int SERVICE_UNAVAILABLE = 503;

    private final Handshakes handshakes;
    private final HandshakeConfig config;
    private final HandshakeMetrics metrics;

    UpgradeGate(Handshakes handshakes, HandshakeConfig config, HandshakeMetrics metrics) {
        this.handshakes = handshakes;
        this.config = config;
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
        return CheckResult.permitUpgrade();
    }

    /// Vert.x names the client of a proxy where `quarkus.http.proxy.*` says to believe it.
    private static String addressOf(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? String.valueOf(remote) : address;
    }

    /// Another instance may have room at once; so this one, when it leaves, says the shortest time.
    private Map<String, List<String>> headersOf(Refusal refusal) {
        long latest = refusal == Refusal.DRAINING ? 1 : config.maxRetryAfter().toSeconds();
        long seconds = ThreadLocalRandom.current().nextLong(1, Math.max(1, latest) + 1);
        return Map.of("Retry-After", List.of(Long.toString(seconds)), REFUSED, List.of(refusal.slug()));
    }
}
