package dev.fanfare.e2e.chaos;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Redis of some shape, and what can go wrong with it.
///
/// Used by one thread at a time.
interface Topology extends AutoCloseable {

    /// A slug.
    String name();

    void start();

    /// What the process number `process` needs for `FANFARE_REDIS`.
    String hosts(int process);

    /// What a service needs besides, by its full keys.
    Map<String, String> settings();

    /// Replicas that a careful channel waits for.
    int replicas();

    /// What can go wrong here.
    ///
    /// @param channels of the round
    List<Fault> faults(List<String> channels);

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

    @Override
    void close();
}
