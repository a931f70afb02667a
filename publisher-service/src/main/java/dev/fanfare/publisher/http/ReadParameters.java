package dev.fanfare.publisher.http;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.StreamPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The query parameters of a read, and the first thing that is wrong with them.
///
/// Strict, as publishing is: what is not understood is refused by name. Lives for one request on one thread.
final class ReadParameters {

    private final Map<String, String> values = new HashMap<>();
    private @Nullable Problem problem;

    /// @param known the parameters that the resource has
    ReadParameters(Map<String, List<String>> query, Set<String> known) {
        QueryParameters.forEach(query, known, values::put, this::refuse);
    }

    /// The first thing that is wrong; empty when everything that was asked for is right.
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    void refuse(String detail) {
        refuse(ErrorCode.PARAMETER_INVALID, detail);
    }

    private void refuse(ErrorCode code, String detail) {
        if (problem == null) {
            problem = new Problem(code, detail);
        }
    }

    /// The channel of the address; empty when it is none, which is a problem then.
    Optional<Channel> channel(String segment, boolean hasPathParameters) {
        if (hasPathParameters) {
            refuse(ErrorCode.CHANNEL_INVALID, PublishHead.BARE_SEMICOLON);
        } else if (!Channel.isValid(segment)) {
            refuse(ErrorCode.CHANNEL_INVALID, PublishHead.NOT_A_CHANNEL);
        } else {
            return Optional.of(new Channel(segment));
        }
        return Optional.empty();
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// A whole number from `min` to `max`.
    long number(String name, long min, long max, long otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("[0-9]{1,18}")) {
            long number = Long.parseLong(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        refuse("\"" + name + "\" is a number from " + min + " to " + max);
        return otherwise;
    }

    @Nullable
    StreamPosition position(String name) {
        Optional<String> text = text(name);
        Optional<StreamPosition> position = text.flatMap(StreamPosition::parse);
        if (text.isPresent() && position.isEmpty()) {
            refuse("\"" + name + "\" is a position, <epoch>:<offset>");
        }
        return position.orElse(null);
    }
}
