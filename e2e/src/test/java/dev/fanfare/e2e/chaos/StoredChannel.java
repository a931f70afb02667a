package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Topology.Server;
import dev.fanfare.e2e.installation.Frames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What Redis holds of one channel, read from it directly.
///
/// @param key of its stream
record StoredChannel(Server server, String key) {

    /// A message that is kept, without its data but for the number.
    record Stored(String id, int number) {}

    /// Looks for the stream of `channel`, whatever its partition.
    static Optional<StoredChannel> find(Topology topology, String channel) {
        for (Server server : topology.primaries()) {
            List<?> keys = (List<?>) Objects.requireNonNull(server.execute("KEYS", "*:s:" + channel));
            if (!keys.isEmpty()) {
                return Optional.of(new StoredChannel(server, String.valueOf(keys.getFirst())));
            }
        }
        return Optional.empty();
    }

    /// Runs a command with the key of the stream as its last argument.
    Object execute(String command, String subcommand) {
        return Objects.requireNonNull(server.execute(command, subcommand, key));
    }

    /// What is kept, by offset.
    SortedMap<Long, Stored> messages() {
        SortedMap<Long, Stored> messages = new TreeMap<>();
        for (Object each : (List<?>) Objects.requireNonNull(server.execute("XRANGE", key, "-", "+"))) {
            List<?> entry = (List<?>) each;
            var message = Frames.parse(String.valueOf(((List<?>) entry.get(1)).get(1)));
            String offset = String.valueOf(entry.get(0));
            messages.put(
                    Long.valueOf(offset.substring(0, offset.indexOf('-'))),
                    new Stored(
                            message.get("id").asText(),
                            message.get("message").get("n").asInt()));
        }
        return messages;
    }

    /// Name of the stream's epoch.
    String epoch() {
        return String.valueOf(server.execute("HGET", key.replaceFirst(":s:", ":m:"), "e"));
    }
}
