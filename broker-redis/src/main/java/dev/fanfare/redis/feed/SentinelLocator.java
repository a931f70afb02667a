package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks all Sentinels for the primary and believes the one with the newest configuration.
///
/// A Sentinel that was cut off goes on to name the old primary; its configuration epoch tells. Source:
/// Redis Sentinel documentation, "Configuration epochs".
final class SentinelLocator implements PrimaryLocator {

    private record Answer(long epoch, String host, int port) {}

    private final List<RedisEndpoint> sentinels;
    private final String masterName;
    private final Questions questions;

    /// @param sentinels where they listen; their login is that of the primary too
    SentinelLocator(List<RedisEndpoint> sentinels, String masterName, Questions questions) {
        this.sentinels = List.copyOf(sentinels);
        this.masterName = masterName;
        this.questions = questions;
    }

    @Override
    public Future<RedisEndpoint> locate() {
        List<Future<Answer>> answers = sentinels.stream().map(this::ask).toList();
        return Future.join(answers).transform(_ -> newest(answers));
    }

    @Override
    public boolean canMove() {
        return true;
    }

    private Future<Answer> ask(RedisEndpoint sentinel) {
        return questions.withConnectionTo(sentinel, this::configuration);
    }

    /// The epoch first: one that is too old for the address only counts less. While the Sentinels fail over,
    /// `SENTINEL MASTER` has the new epoch and still the old address.
    private Future<Answer> configuration(RedisWire sentinel) {
        Future<RespValue> master = questions.ask(sentinel, List.of("SENTINEL", "MASTER", masterName));
        Future<RespValue> address = questions.ask(sentinel, List.of("SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName));
        return Future.all(master, address)
                .map(_ -> new Answer(
                        Long.parseLong(master.result().member("config-epoch").text()),
                        address.result().item(0).text(),
                        Integer.parseInt(address.result().item(1).text())));
    }

    private Future<RedisEndpoint> newest(List<Future<Answer>> answers) {
        @Nullable Answer newest = null;
        for (Future<Answer> answer : answers) {
            if (answer.succeeded() && (newest == null || answer.result().epoch() > newest.epoch())) {
                newest = answer.result();
            }
        }
        if (newest == null) {
            return Future.failedFuture(
                    "no Sentinel answers: " + answers.getFirst().cause().getMessage());
        }
        return Future.succeededFuture(sentinels.getFirst().at(newest.host(), newest.port()));
    }
}
