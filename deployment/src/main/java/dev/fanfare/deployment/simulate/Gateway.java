package dev.fanfare.deployment.simulate;

import dev.fanfare.gateway.connection.TokenBucket;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One pod with a gateway, from the moment at which it is asked for until nobody is left.
///
/// Times are seconds since the beginning.
final class Gateway {

    /// Why a client is not let in.
    enum Refusal {
        FULL,
        TOO_MANY,
        OVERLOADED,
        LEAVING
    }

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final GatewaySettings settings;
    private final int number;
    private final int readyAt;
    private final TokenBucket bucket;
    private int connections;
    private int handshakes;
    private double lagSeconds;
    private double cpu;
    private double sentBytes;
    private boolean isShedding;
    private int leavingSince = Integer.MAX_VALUE;
    private int atLeaving;
    private int cost;
    private final Scrapes scrapes;
    private final RetryTimes retryTimes;

    /// A gateway that was asked for.
    ///
    /// @param number in the order of being asked for
    /// @param readyAt when it is ready
    /// @param phase of its scrapes, in seconds
    Gateway(GatewaySettings settings, int number, int readyAt, int phase) {
        this.settings = settings;
        this.number = number;
        this.readyAt = readyAt;
        this.bucket =
                new TokenBucket(settings.handshakesPerSecond(), settings.handshakeBurst(), readyAt * NANOS_PER_SECOND);
        this.scrapes = new Scrapes(readyAt, phase);
        this.retryTimes = new RetryTimes(settings.handshakesPerSecond(), settings.maxRetryAfterSeconds());
    }

    /// As one that has been there for long, with clients.
    void settle(int clients) {
        connections = clients;
        cost = clients;
    }

    /// Why that client is not let in, or null when it is.
    @Nullable
    Refusal admit(boolean isResume, int now) {
        if (leavingSince <= now - settings.drainDelaySeconds()) {
            return Refusal.LEAVING;
        }
        if (connections >= settings.maxConnections()) {
            return Refusal.FULL;
        }
        if (lagSeconds > Costs.MAX_LAG_SECONDS) {
            return Refusal.OVERLOADED;
        }
        double reserve = isResume ? 0 : settings.resumeReserve() * settings.handshakeBurst();
        if (!bucket.take(1, reserve, now * NANOS_PER_SECOND)) {
            return Refusal.TOO_MANY;
        }
        connections++;
        handshakes++;
        return null;
    }

    /// Seconds until a client that it did not let in is to come back: of a crowd each has a second with room for it,
    /// others come by chance.
    int retryAfter(Refusal refusal, int now, RandomGenerator random) {
        return switch (refusal) {
            case TOO_MANY -> retryTimes.take(now);
            case FULL, OVERLOADED, LEAVING -> 1 + random.nextInt(settings.maxRetryAfterSeconds());
        };
    }

    /// Works for a second: what it sends, how late it is, what Prometheus sees of it.
    void work(double messagesPerClient, int now) {
        double deliveries = connections * messagesPerClient;
        double wanted = deliveries * Costs.DELIVERY_SECONDS + handshakes * Costs.HANDSHAKE_SECONDS;
        lagSeconds = Math.max(0, lagSeconds + (wanted - settings.cpuLimit()) / settings.cpuLimit());
        cpu = Math.min(wanted, settings.cpuLimit());
        sentBytes = deliveries * Costs.DELIVERY_BYTES;
        handshakes = 0;
        scrapes.look(connections, sentBytes, cpu / settings.cpuRequest() * 100, now);
        if (settings.costSeconds() > 0 && now % settings.costSeconds() == number % settings.costSeconds()) {
            cost = connections;
        }
    }

    /// How many clients it sends away in this second because it has more than its share.
    int shed(double mean, int now) {
        if (!hasWarmedUp(now) || isLeaving()) {
            return 0;
        }
        isShedding = isShedding
                ? connections > mean * (1 + settings.stopAbove())
                : connections > mean * (1 + settings.startAbove()) && connections - mean >= settings.minExcess();
        int moved = isShedding ? (int) Math.min(connections * settings.pace(), connections - mean) : 0;
        connections -= moved;
        return moved;
    }

    /// How many clients it sends away in this second because it is to end: each in its turn.
    int drain(int now) {
        int since = now - leavingSince - settings.drainDelaySeconds();
        if (!isLeaving() || since < 0) {
            return 0;
        }
        if (since == 0) {
            atLeaving = connections;
        }
        int moved = Math.min(connections, (int) Math.ceil((double) atLeaving / settings.spreadSeconds()));
        connections -= moved;
        return moved;
    }

    void leave(int now) {
        leavingSince = now;
    }

    /// Loses that many, or all that it has.
    int lose(int count) {
        int lost = Math.min(count, connections);
        connections -= lost;
        return lost;
    }

    boolean isReady(int now) {
        return now >= readyAt && !isLeaving();
    }

    boolean isLeaving() {
        return leavingSince != Integer.MAX_VALUE;
    }

    boolean isGone(int now) {
        return isLeaving()
                && (now < readyAt || (connections == 0 && now > leavingSince + settings.drainDelaySeconds()));
    }

    boolean isPending(int now) {
        return now < readyAt;
    }

    boolean hasWarmedUp(int now) {
        return now >= readyAt + settings.warmUpSeconds();
    }

    int connections() {
        return connections;
    }

    double lagSeconds() {
        return lagSeconds;
    }

    double cpu() {
        return cpu;
    }

    int number() {
        return number;
    }

    /// By which a scale-down chooses, the least first.
    int cost() {
        return cost;
    }

    OptionalDouble seenConnections() {
        return scrapes.connections();
    }

    OptionalDouble seenSentBytes() {
        return scrapes.sentBytes();
    }

    OptionalDouble seenCpuPercent() {
        return scrapes.cpuPercent();
    }
}
