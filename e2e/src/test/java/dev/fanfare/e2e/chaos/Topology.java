package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.installation.RedisTopology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Redis of some shape, and what can go wrong with it.
///
/// Used by one thread at a time.
interface Topology {

    /// A slug.
    String name();

    RedisTopology redis();

    /// Replicas that a careful channel waits for.
    int replicas();

    /// Whether each process has a link of its own to Redis, which can go wrong too, besides the [#faults].
    boolean isLinked();

    /// What can go wrong here.
    ///
    /// @param channels of the round
    List<Fault> faults(List<String> channels);

    /// Says who leads, in a form that changes with every failover.
    String leadership();

    /// Waits until nothing is wrong any more.
    void awaitWhole();

    /// The servers that hold the data now; together they hold all of it.
    List<Server> primaries();

    /// Runs commands on one server.
    @FunctionalInterface
    interface Server {

        /// The reply, as `RespClient` gives it.
        @Nullable
        Object execute(String... command);
    }
}
