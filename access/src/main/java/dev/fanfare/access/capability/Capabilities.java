package dev.fanfare.access.capability;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.message.JsonWriting;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one may do: operations by channel pattern. Immutable.
///
/// ```json
/// {"iss.*": ["subscribe", "history"], "chat.42": ["publish"]}
/// ```
///
/// An operation on a channel is allowed when **any** pattern that matches the channel lists it. Nothing
/// can be taken away by a further pattern, so the order of patterns has no meaning.
public final class Capabilities {

    /// Most patterns of one claim: enough to name what one client needs, few enough to try all of them for each
    /// request.
    public static final int MAX_PATTERNS = 64;

    /// Longest claim, in bytes of JSON. Bounds the work of one [#allows] to some 10^6 steps, about a
    /// millisecond, for patterns made to be slow.
    public static final int MAX_BYTES = 4096;

    /// Allows nothing.
    public static final Capabilities NONE = new Capabilities(Map.of());

    private static final Comparator<ChannelPattern> BY_TEXT = Comparator.comparing(ChannelPattern::text);

    private final Map<ChannelPattern, Set<Operation>> operations;

    private Capabilities(Map<ChannelPattern, Set<Operation>> operations) {
        var sorted = new TreeMap<ChannelPattern, Set<Operation>>(BY_TEXT);
        operations.forEach((pattern, allowed) -> {
            if (!allowed.isEmpty()) {
                sorted.put(pattern, Collections.unmodifiableSet(EnumSet.copyOf(allowed)));
            }
        });
        this.operations = Collections.unmodifiableMap(sorted);
    }

    /// The given operations; a pattern with none of them counts as absent.
    public static Capabilities of(Map<ChannelPattern, Set<Operation>> operations) {
        return new Capabilities(operations);
    }

    /// The capabilities that the JSON object `utf8` describes.
    ///
    /// @throws IllegalCapabilityException if it is not of the form above or over a limit; the message is
    ///     safe to show to whoever wrote it
    public static Capabilities parse(byte[] utf8) {
        return CapabilityReading.read(utf8);
    }

    /// Whether `operation` is allowed on `channel`.
    public boolean allows(Operation operation, Channel channel) {
        for (Map.Entry<ChannelPattern, Set<Operation>> entry : operations.entrySet()) {
            if (entry.getValue().contains(operation) && entry.getKey().matches(channel)) {
                return true;
            }
        }
        return false;
    }

    /// Whether whatever `other` allows is allowed here too.
    ///
    /// A yes is always true. A no may be wrong where only several patterns together hold what one of `other`
    /// holds, or as [ChannelPattern#covers] says.
    public boolean covers(Capabilities other) {
        return other.operations.entrySet().stream()
                .allMatch(entry -> operationsOnAll(entry.getKey()).containsAll(entry.getValue()));
    }

    /// What is allowed both here and by `other`; never more, and less where two patterns overlap and
    /// neither holds the other: such a pair is left out. Has at most as many patterns as both together.
    public Capabilities intersection(Capabilities other) {
        var common = new TreeMap<ChannelPattern, Set<Operation>>(BY_TEXT);
        Stream.concat(operations.keySet().stream(), other.operations.keySet().stream())
                .forEach(pattern -> {
                    Set<Operation> both = operationsOnAll(pattern);
                    both.retainAll(other.operationsOnAll(pattern));
                    common.put(pattern, both);
                });
        return new Capabilities(common);
    }

    /// What is allowed on every channel of `pattern`.
    private Set<Operation> operationsOnAll(ChannelPattern pattern) {
        Set<Operation> allowed = EnumSet.noneOf(Operation.class);
        operations.forEach((own, its) -> {
            if (own.covers(pattern)) {
                allowed.addAll(its);
            }
        });
        return allowed;
    }

    /// The operations by pattern, in the order of the patterns' texts; unmodifiable.
    public Map<ChannelPattern, Set<Operation>> operations() {
        return operations;
    }

    /// The claim: the same capabilities always give the same text.
    public String toJson() {
        return operations.entrySet().stream()
                .map(entry -> member(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String member(ChannelPattern pattern, Set<Operation> allowed) {
        var json = new StringBuilder();
        JsonWriting.appendString(json, pattern.text());
        return json.append(allowed.stream().map(Operation::word).collect(Collectors.joining("\",\"", ":[\"", "\"]")))
                .toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capabilities that && operations.equals(that.operations);
    }

    @Override
    public int hashCode() {
        return operations.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
