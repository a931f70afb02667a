package dev.fanfare.gateway.edge;

import dev.fanfare.gateway.connection.ConnectionConfig;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.connection.Draining;
import dev.fanfare.gateway.connection.LoopLoad;
import dev.fanfare.gateway.connection.TokenBucket;
import io.netty.channel.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Decides who is let in. Any thread.
///
/// Refusing at the door is the cheapest way to shed load: whoever is in already notices nothing, and who
/// is refused tries another instance.
@Singleton
public class Handshakes {

    private static final String HTTP_CONNECTIONS = "quarkus.http.limits.max-connections";

    private final Draining draining;
    private final Seats seats;
    private final Supplier<Stream<LoopLoad>> loads;
    private final HandshakeConfig config;
    private final ConnectionConfig connectionConfig;
    private final LongSupplier nanoTime;
    private final TokenBucket bucket;

    @Inject
    Handshakes(
            Draining draining,
            Connections connections,
            HandshakeConfig config,
            ConnectionConfig connectionConfig,
            @ConfigProperty(name = HTTP_CONNECTIONS) int httpConnections) {
        this(draining, connections::loads, config, connectionConfig, System::nanoTime);
        checkRoom(config.maxConnections(), httpConnections);
    }

    /// The server closes what is over its own limit without a word, so that one must be reached later.
    static void checkRoom(int maxConnections, int httpConnections) {
        if (httpConnections <= maxConnections) {
            throw new IllegalArgumentException(HTTP_CONNECTIONS + " is more than"
                    + " fanfare.gateway.handshake.max-connections, " + maxConnections + ", but is " + httpConnections);
        }
    }

    Handshakes(
            Draining draining,
            Supplier<Stream<LoopLoad>> loads,
            HandshakeConfig config,
            ConnectionConfig connectionConfig,
            LongSupplier nanoTime) {
        this.draining = draining;
        this.seats = new Seats(config.maxConnections());
        this.loads = loads;
        this.config = config;
        this.connectionConfig = connectionConfig;
        this.nanoTime = nanoTime;
        this.bucket = new TokenBucket(config.maxPerSecond(), config.burst(), nanoTime.getAsLong());
    }

    /// Why this client is not let in, or null when it is.
    ///
    /// @param client the connection that asks; counts from now on until it is closed if it is let in
    /// @param isResume whether it says that it comes back
    @Nullable
    Refusal refusal(Channel client, boolean isResume) {
        if (draining.hasBegun()) {
            return Refusal.DRAINING;
        }
        if (seats.areTaken()) {
            return Refusal.FULL;
        }
        if (isOverloaded()) {
            return Refusal.OVERLOADED;
        }
        if (!hasToken(isResume)) {
            return Refusal.TOO_MANY;
        }
        return seats.take(client) ? null : Refusal.FULL;
    }

    private boolean isOverloaded() {
        long now = nanoTime.getAsLong();
        long maxLagNanos = config.maxLoopLag().toNanos();
        long queued = loads.get().mapToLong(LoopLoad::queuedBytes).sum();
        return queued > connectionConfig.maxTotalQueuedBytes().asLongValue()
                || loads.get().anyMatch(load -> load.lagNanos(now) > maxLagNanos);
    }

    private boolean hasToken(boolean isResume) {
        double reserve = isResume ? 0 : config.resumeReserve() * config.burst();
        synchronized (bucket) {
            return bucket.take(1, reserve, nanoTime.getAsLong());
        }
    }
}
