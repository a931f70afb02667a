package dev.fanfare.redis.connection;

import io.vertx.redis.client.impl.types.ErrorType;

/// What stands in the way of a command that was not answered properly.
sealed interface Setback {

    /// The connection is gone, or its node must not be written to any more.
    record Lost(Throwable cause) implements Setback {}

    /// The node does not know the script.
    record ScriptMissing() implements Setback {}

    /// Another node has taken the slot over.
    record Moved() implements Setback {}

    /// `node` is taking the slot over and has these keys already.
    record Asked(String node) implements Setback {}

    /// One of those that were sent in one piece has failed, and it cannot be told which.
    record Unclear() implements Setback {}

    /// The node asks for patience: it loads its data, or the slot is being moved.
    record Busy(Throwable cause) implements Setback {}

    /// Trying again would not help.
    record Fatal(Throwable cause) implements Setback {}

    /// Reads the failure of a Vert.x Redis command. Anything that is not an error reply of Redis means
    /// that the connection is broken.
    static Setback of(Throwable failure) {
        if (failure instanceof ReplicasMissingException) {
            return new Fatal(failure);
        }
        String text = String.valueOf(failure.getMessage());
        if (!(failure instanceof ErrorType) || text.startsWith("CONNECTION_CLOSED")) {
            return new Lost(failure);
        }
        int space = text.indexOf(' ');
        return switch (space < 0 ? text : text.substring(0, space)) {
            case "NOSCRIPT" -> new ScriptMissing();
            case "MOVED" -> new Moved();
            case "ASK" -> new Asked(text.substring(text.lastIndexOf(' ') + 1));
            case "LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "BUSY" -> new Busy(failure);
            // A primary that has become a replica keeps its connections open.
            case "READONLY" -> new Lost(failure);
            default -> new Fatal(failure);
        };
    }
}
