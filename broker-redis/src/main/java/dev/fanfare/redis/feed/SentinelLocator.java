package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RedisWire;
import dev.fanfare.redis.resp.RespValue;
import dev.fanfare.redis.sentinel.SentinelAnswer;
import io.vertx.core.Future;
import java.util.List;

/// Asks all Sentinels for the primary; [SentinelAnswer] says whom to believe.
final class SentinelLocator implements PrimaryLocator {

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
        List<Future<SentinelAnswer>> answers = sentinels.stream()
                .map(sentinel -> questions.withConnectionTo(sentinel, this::ask))
                .toList();
        return SentinelAnswer.newest(answers).map(newest -> sentinels.getFirst().at(newest.host(), newest.port()));
    }

    @Override
    public boolean canMove() {
        return true;
    }

    private Future<SentinelAnswer> ask(RedisWire sentinel) {
        Future<RespValue> master = questions.ask(sentinel, List.of("SENTINEL", "MASTER", masterName));
        Future<RespValue> address = questions.ask(sentinel, List.of("SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName));
        return Future.all(master, address)
                .map(_ -> new SentinelAnswer(
                        Long.parseLong(master.result().member("config-epoch").text()),
                        address.result().item(0).text(),
                        Integer.parseInt(address.result().item(1).text())));
    }
}
