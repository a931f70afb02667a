package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import dev.fanfare.redis.resp.WireOpener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Asks servers about the topology, each question with a deadline. Confined to one loop.
///
/// An error that Redis answers fails the future with its text.
final class Questions {

    private final WireOpener opener;
    private final FeedLoop loop;
    private final Duration deadline;

    Questions(WireOpener opener, FeedLoop loop, Duration deadline) {
        this.opener = opener;
        this.loop = loop;
        this.deadline = deadline;
    }

    /// Asks over a connection that is open already.
    Future<RespValue> ask(RedisWire wire, List<String> command) {
        Promise<RespValue> answer = Promise.promise();
        FeedLoop.Timer timer =
                loop.schedule(deadline, () -> answer.tryFail("no answer within " + deadline.toMillis() + " ms"));
        wire.send(command, reply -> {
            if (reply instanceof RespValue.Failure(String text)) {
                answer.tryFail(text);
            } else {
                answer.tryComplete(reply);
            }
        });
        return answer.future().onComplete(_ -> timer.cancel());
    }

    /// Asks over a connection that is opened for `questions` and closed after them.
    <T> Future<T> withConnectionTo(RedisEndpoint endpoint, Function<RedisWire, Future<T>> questions) {
        return opener.open(endpoint, Deaf.INSTANCE)
                .compose(opened -> questions
                        .apply(opened.wire())
                        .onComplete(_ -> opened.wire().close()));
    }
}
