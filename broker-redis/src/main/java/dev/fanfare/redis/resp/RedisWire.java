package dev.fanfare.redis.resp;

import java.util.List;
import java.util.function.Consumer;

/// What can be said over one connection to Redis. Used on the event loop of the connection alone.
public interface RedisWire {

    /// What becomes of one (un)subscribe.
    interface Acknowledgement {

        /// Redis has acknowledged the name at `index` of the command.
        void onAcknowledged(int index);

        /// Redis has refused the command: no further name will be acknowledged.
        void onRefused(RespValue.Failure why);
    }

    /// Sends an ordinary command; `then` gets its reply, unless the connection ends first.
    void send(List<String> command, Consumer<RespValue> then);

    /// Sends one (un)subscribe for `names`, which are not empty and in a cluster of one slot.
    void change(PubSubVerb verb, List<String> names, Acknowledgement then);

    /// For how long the oldest unanswered command has been waiting, in nanoseconds; 0 if there is none.
    long longestWaitNanos();

    /// Closes it for good. No callback comes any more.
    void close();
}
