package dev.fanfare.gateway.lifecycle;

import dev.fanfare.gateway.connection.Connections;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps the pod's deletion cost at its number of connections, where that is wanted: of the pods that
/// Kubernetes may choose from when it scales down, it takes the one with the lowest.
///
/// A failure costs nothing but the hint: it is logged once, until an update succeeds again.
@Singleton
public class PodDeletionCost {

    private static final Logger LOG = Logger.getLogger(PodDeletionCost.class);

    private static final long NONE = -1;

    private final IntSupplier connections;
    private final PodDeletionCostConfig config;
    private final Vertx vertx;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable PodAnnotation annotation;
    private long timer = NONE;
    private long told = NONE;
    private boolean isFailing;

    @Inject
    PodDeletionCost(Connections connections, PodDeletionCostConfig config, Vertx vertx) {
        this(connections::count, config, vertx);
    }

    PodDeletionCost(IntSupplier connections, PodDeletionCostConfig config, Vertx vertx) {
        this.connections = connections;
        this.config = PodDeletionCostConfig.checked(config);
        this.vertx = vertx;
    }

    /// Begins, if it is enabled. Called once.
    void start() {
        if (config.enabled()) {
            annotation = PodAnnotation.of(config);
            timer = vertx.setPeriodic(
                    0,
                    config.interval().toMillis(),
                    _ -> Thread.ofVirtual().name("pod-deletion-cost").start(this::update));
        }
    }

    void stop() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
    }

    /// One update; left out when the one before is still on its way.
    void update() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            int cost = connections.getAsInt();
            if (annotation != null && cost != told) {
                tell(annotation, cost);
            }
        } finally {
            turn.unlock();
        }
    }

    private void tell(PodAnnotation target, int cost) {
        try {
            target.set(cost);
            told = cost;
            if (isFailing) {
                LOG.infof("pod deletion cost is told again cost=%d", cost);
            }
            isFailing = false;
        } catch (PodAnnotation.RefusedException e) {
            if (!isFailing) {
                LOG.warnf("pod deletion cost cannot be told cost=%d error=%s", cost, e.getMessage());
            }
            isFailing = true;
        }
    }
}
