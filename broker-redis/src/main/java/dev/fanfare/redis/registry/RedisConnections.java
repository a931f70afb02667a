package dev.fanfare.redis.registry;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ConnectionPlace;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ConnectionWatch;
import dev.fanfare.contract.broker.ListedConnection;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Connections in a sorted set of each instance, which ends with the instance's lease. Only the leases and what is
/// to be closed are in one slot for all.
public final class RedisConnections implements ConnectionRegistry {

    /// Most members that one script looks at: about a millisecond of Redis.
    private static final int MAX_LOOKED_AT = 1000;
    /// Most scripts of one page, so that a rare channel gives empty pages instead of a late answer.
    private static final int MAX_READS = 16;

    private static final int FIELDS_OF_AN_END = 3;

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisConnections(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<Boolean> report(
            String instance, long number, List<ConnectionChange> changes, Duration lease) {
        ConnectionRegistry.checkReport(number, changes, lease);
        String lines = changes.stream().map(ConnectionText::lineOf).collect(joining("\n"));
        return scripts.run(
                        LuaScript.CONNECTION_REPORT,
                        List.of(keys.connections(instance), keys.connectionReports(instance)),
                        List.of(number, lease.toMillis(), lines))
                .thenApply(reply -> reply.number() == 1);
    }

    @Override
    public CompletableFuture<ConnectionWatch> watch(String instance, Duration lease, long after) {
        ConnectionRegistry.checkLease(lease);
        return watch(instance, lease.toMillis(), after);
    }

    @Override
    public CompletableFuture<Void> leave(String instance) {
        return watch(instance, 0, 0).thenAccept(_ -> {});
    }

    private CompletableFuture<ConnectionWatch> watch(String instance, long leaseMillis, long after) {
        return scripts.run(
                        LuaScript.CONNECTION_WATCH,
                        List.of(keys.connectionLeases(), keys.connectionEnds()),
                        List.of(instance, leaseMillis, after))
                .thenApply(reply -> {
                    List<ConnectionEnd> ends = new ArrayList<>();
                    reply.get(1).forEach(member -> ends.add(endOf(member.text())));
                    return new ConnectionWatch(Math.toIntExact(reply.get(0).number()), ends);
                });
    }

    @Override
    public CompletableFuture<ConnectionEnd> end(ConnectionEnd.Kind kind, String value) {
        return scripts.run(
                        LuaScript.CONNECTION_END,
                        List.of(keys.connectionEnds()),
                        List.of(kind.word(), value, ENDS_KEPT.toMillis(), MAX_ENDS))
                .thenApply(reply -> {
                    if (reply.get(0).number() == 0) {
                        throw new FanfareException(
                                ErrorCode.OVERLOADED,
                                MAX_ENDS + " requests to close connections are under way: name subjects instead");
                    }
                    return endOf(reply.get(1).text());
                });
    }

    private static ConnectionEnd endOf(String member) {
        String[] fields = member.split(" ", FIELDS_OF_AN_END);
        return new ConnectionEnd(Long.parseLong(fields[0]), ConnectionEnd.Kind.of(fields[1]), fields[2]);
    }

    @Override
    public CompletableFuture<ConnectionListing> list(ConnectionQuery query) {
        return scripts.run(LuaScript.CONNECTION_INSTANCES, List.of(keys.connectionLeases()), List.of())
                .thenCompose(reply -> {
                    List<String> instances = new ArrayList<>();
                    reply.forEach(instance -> instances.add(instance.text()));
                    ConnectionPlace after = query.after();
                    return list(
                            query,
                            instances.stream()
                                    .filter(each -> after == null || each.compareTo(after.instance()) >= 0)
                                    .sorted()
                                    .toList(),
                            after,
                            MAX_READS,
                            new ArrayList<>());
                });
    }

    /// Reads on behind `after`, which is of the first of `instances` or of one that is gone.
    private CompletableFuture<ConnectionListing> list(
            ConnectionQuery query,
            List<String> instances,
            @Nullable ConnectionPlace after,
            int reads,
            List<ListedConnection> found) {
        if (instances.isEmpty()) {
            return CompletableFuture.completedFuture(new ConnectionListing(found, null));
        }
        String instance = instances.getFirst();
        if (reads == 0 || found.size() == query.limit()) {
            ConnectionPlace next =
                    after != null && after.instance().equals(instance) ? after : new ConnectionPlace(instance, "", "");
            return CompletableFuture.completedFuture(new ConnectionListing(found, next));
        }
        return read(query, instance, after, query.limit() - found.size()).thenCompose(reply -> {
            reply.get(2)
                    .forEach(member -> found.add(new ListedConnection(instance, ConnectionText.parse(member.text()))));
            boolean mayHaveMore = reply.get(0).number() == 1;
            return mayHaveMore
                    ? list(query, instances, placeOf(instance, reply.get(1).text()), reads - 1, found)
                    : list(query, instances.subList(1, instances.size()), null, reads - 1, found);
        });
    }

    private CompletableFuture<ScriptReply> read(
            ConnectionQuery query, String instance, @Nullable ConnectionPlace after, int most) {
        String subject = query.subject();
        String to = subject == null ? "+" : "(" + subject + (char) (ConnectionText.TAB + 1);
        return scripts.run(
                LuaScript.CONNECTION_LIST,
                List.of(keys.connections(instance)),
                List.of(
                        from(subject, instance, after),
                        to,
                        query.channel() == null ? "" : query.channel().name(),
                        most,
                        MAX_LOOKED_AT));
    }

    private static String from(@Nullable String subject, String instance, @Nullable ConnectionPlace after) {
        if (after != null && after.instance().equals(instance) && !after.id().isEmpty()) {
            // Behind all that begins with the key: no text in UTF-8 has a character above this one.
            return "(" + ConnectionText.keyOf(after.subject(), after.id()) + "\uDBFF\uDFFF";
        }
        return subject == null ? "-" : "[" + subject + ConnectionText.TAB;
    }

    private static ConnectionPlace placeOf(String instance, String member) {
        OpenConnection connection = ConnectionText.parse(member);
        return new ConnectionPlace(instance, connection.subject() == null ? "" : connection.subject(), connection.id());
    }
}
