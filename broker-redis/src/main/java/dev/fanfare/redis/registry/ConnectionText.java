package dev.fanfare.redis.registry;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connections as they stand in Redis: fields with a tab between them, the subject first, so that those of one
/// subject are neighbours.
final class ConnectionText {

    /// Between fields. No subject, id, address or channel has a control character.
    static final char TAB = '\t';

    private static final int FIELDS = 7;

    private ConnectionText() {}

    /// What all members of a connection begin with, or with an empty `id` those of a subject.
    static String keyOf(@Nullable String subject, String id) {
        return Objects.requireNonNullElse(subject, "") + TAB + id + TAB;
    }

    /// A line of a report.
    static String lineOf(ConnectionChange change) {
        String key = keyOf(change.subject(), change.id());
        return switch (change) {
            case ConnectionChange.Gone _ -> key;
            case ConnectionChange.Opened(OpenConnection connection) -> key + restOf(connection);
        };
    }

    private static String restOf(OpenConnection connection) {
        return String.join(
                String.valueOf(TAB),
                Long.toString(connection.since().toEpochMilli()),
                connection.protocol(),
                connection.address(),
                Integer.toString(connection.subscriptions()),
                connection.channels().stream().map(Channel::name).collect(joining(" ")));
    }

    /// The connection that `member` tells of.
    static OpenConnection parse(String member) {
        String[] fields = member.split(String.valueOf(TAB), FIELDS);
        List<Channel> channels = fields[6].isEmpty()
                ? List.of()
                : Arrays.stream(fields[6].split(" ")).map(Channel::new).toList();
        return new OpenConnection(
                fields[1],
                fields[0].isEmpty() ? null : fields[0],
                fields[4],
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                fields[3],
                Integer.parseInt(fields[5]),
                channels);
    }
}
