package dev.fanfare.gateway.registry;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ConnectionWatch;
import dev.fanfare.contract.broker.OpenConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells Redis which connections this instance holds, and hears which of them are to be closed. Never blocks; any
/// thread.
@Singleton
public class Registrar {

    /*
     * What it costs
     * -------------
     *   every 250 ms    what has changed, at most 1000 connections, in one write; none while one is on its way
     *   every 0.5 s     one small command: prolongs the lease and asks what is to be closed
     *   every 5 s       (a third of the lease) an empty report, if there was none meanwhile, which prolongs what was
     *                   told. Nothing is written for a connection that does not change.
     *
     * What cannot be lost
     * -------------------
     * Reports are numbered. Redis takes none of which an earlier one is missing: be it that it was lost on its way,
     * or all of them by a restart or in a failover, or that the lease ended meanwhile. Then everything is told anew,
     * beginning with report 1, when Redis takes that. Until then the loops keep what has changed, as a mark at
     * each connection.
     */

    private static final Logger LOG = Logger.getLogger(Registrar.class);

    private static final Duration REPORT_INTERVAL = Duration.ofMillis(250);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int REPORTS_PER_LEASE = 3;

    private final ConnectionRegistry registry;
    private final RegistryConfig config;
    private final RegistryMetrics metrics;
    private final Vertx vertx;
    private final Context loop;
    private final String self = "gateway-" + UUID.randomUUID();
    private final Roll roll = new Roll();
    private final HeardEnds heard = new HeardEnds();
    private volatile Consumer<ConnectionEnd> onEnd = _ -> {};
    private volatile Runnable onAnew = () -> {};

    // Of the context alone.
    private long number;
    private long reportedAt;
    private boolean isReporting;
    private boolean isWatching;
    private boolean isOver;

    Registrar(ConnectionRegistry registry, RegistryConfig config, RegistryMetrics metrics, Vertx vertx) {
        this.registry = registry;
        this.config = RegistryConfig.checked(config);
        this.metrics = metrics;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        metrics.observe(roll);
    }

    /// Whether anything is told at all.
    public boolean isEnabled() {
        return config.enabled();
    }

    /// Has `listener` hear of every end when it is known here; it must not block.
    public void onEnd(Consumer<ConnectionEnd> listener) {
        onEnd = listener;
    }

    /// Has `task` run whenever all open connections have to be told anew; it must not block.
    public void onAnew(Runnable task) {
        onAnew = task;
    }

    /// Whether more can be told of open connections now. If not, try again a little later.
    public boolean hasRoom() {
        return roll.hasRoom();
    }

    /// `connection` is open, and as it says.
    public void opened(OpenConnection connection) {
        roll.add(new ConnectionChange.Opened(connection));
    }

    /// The connection is closed, or is not of `subject` any more.
    public void gone(@Nullable String subject, String id) {
        roll.add(new ConnectionChange.Gone(subject, id));
    }

    void onStart(@Observes StartupEvent event) {
        if (isEnabled()) {
            loop.runOnContext(_ -> {
                vertx.setPeriodic(config.interval().toMillis(), this::watch);
                vertx.setPeriodic(REPORT_INTERVAL.toMillis(), this::report);
                watch(0);
                report(0);
            });
        }
    }

    /// Takes this instance off the list, if Redis answers soon; else its lease ends by itself. Runs on the main
    /// thread, which may wait.
    void onStop(@Observes ShutdownEvent event) {
        if (isEnabled()) {
            var gone = new CompletableFuture<Void>();
            loop.runOnContext(_ -> {
                isOver = true;
                var _ = registry.leave(self).whenComplete((_, _) -> gone.complete(null));
            });
            long giveUpAt = System.nanoTime() + LEAVE_TIMEOUT.toNanos();
            while (!gone.isDone() && System.nanoTime() < giveUpAt) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private void watch(long timer) {
        if (isWatching || isOver) {
            return;
        }
        isWatching = true;
        var _ = registry.watch(self, config.lease(), heard.after())
                .whenComplete((watch, failure) -> loop.runOnContext(_ -> {
                    isWatching = false;
                    if (failure == null) {
                        obey(watch);
                    } else {
                        LOG.debugf("no lease for connections error=%s", failure);
                    }
                }));
    }

    private void obey(ConnectionWatch watch) {
        metrics.swept(watch.swept());
        heard.news(watch.ends()).forEach(onEnd);
    }

    private void report(long timer) {
        if (isReporting || isOver) {
            return;
        }
        if (!roll.isOpen()) {
            number = 0;
        }
        List<ConnectionChange> changes = roll.take(ConnectionRegistry.MAX_CHANGES);
        if (number > 0 && changes.isEmpty() && !isDue()) {
            return;
        }
        isReporting = true;
        number++;
        var _ = registry.report(self, number, changes, config.lease())
                .whenComplete((isTaken, failure) ->
                        loop.runOnContext(_ -> reported(changes.size(), failure == null && isTaken, failure)));
    }

    private boolean isDue() {
        return System.nanoTime() - reportedAt >= config.lease().toNanos() / REPORTS_PER_LEASE;
    }

    private void reported(int count, boolean isTaken, @Nullable Throwable failure) {
        isReporting = false;
        if (isTaken) {
            metrics.taken(count);
            reportedAt = System.nanoTime();
            if (number == 1) {
                roll.open();
                onAnew.run();
            }
        } else {
            roll.close();
            if (failure == null) {
                metrics.refused();
            } else {
                metrics.failed();
                LOG.debugf("connections could not be told error=%s", failure);
            }
        }
    }
}
