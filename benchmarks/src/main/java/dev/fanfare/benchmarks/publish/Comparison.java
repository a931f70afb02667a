package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.benchmarks.redis.SentCommand;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.testkit.RespClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/// Lets all sides publish to the same Redis in turn, round after round.
///
/// Redis is emptied before each turn, and each round begins with another side, so that whatever else
/// happens on the machine meets all of them.
final class Comparison {

    private final PublishOptions options;
    private final PublisherOnRedis installation;
    private final BareScript bareScript;
    private final List<Side> sides;

    Comparison(PublisherOnRedis installation, PublishOptions options) {
        this.options = options;
        this.installation = installation;
        RawJson data = RawJson.ofString("x".repeat(options.bytes() - 2));
        List<Channel> channels = IntStream.range(0, options.channels())
                .mapToObj(number -> new Channel("bench." + number))
                .toList();
        Channel one = channels.getFirst();
        var sample = new Message(one, BareScript.RANDOM_ID, data, null, null, Instant.now());
        List<String> command = SentCommand.of(installation.publisher(), sample, installation.redis());
        bareScript = new BareScript(installation.redis(), one, command, options);
        sides = List.of(
                bareScript,
                ours(Caller.PIPELINING, List.of(one), data),
                ours(Caller.PIPELINING, channels, data),
                ours(Caller.WAITING, List.of(one), data));
    }

    private Side ours(Caller caller, List<Channel> channels, RawJson data) {
        return new OurPublisher(installation.publisher(), caller, channels, data, options.inFlight());
    }

    /// All of them; the first is the one with which the others are compared.
    List<Side> sides() {
        return sides;
    }

    BareScript bareScript() {
        return bareScript;
    }

    /// Runs all rounds and returns those that count, by side.
    ///
    /// @param progress told each of them as it ends
    /// @throws IllegalStateException when Redis does not hold exactly what a side says to have published
    Map<Side, List<Round>> run(BiConsumer<Side, Round> progress) throws IOException {
        Map<Side, List<Round>> rounds = new LinkedHashMap<>();
        sides.forEach(side -> rounds.put(side, new ArrayList<>()));
        for (int number = 0; number < options.warmUps() + options.rounds(); number++) {
            for (int turn = 0; turn < sides.size(); turn++) {
                Side side = sides.get((number + turn) % sides.size());
                Round round = turn(side);
                progress.accept(side, round);
                if (number >= options.warmUps()) {
                    rounds.computeIfAbsent(side, _ -> new ArrayList<>()).add(round);
                }
            }
        }
        return rounds;
    }

    /// One round of one side, on an empty Redis.
    Round turn(Side side) throws IOException {
        try (RespClient redis = installation.redis().connect()) {
            redis.execute("FLUSHALL", "SYNC");
            Duration before = installation.cpu();
            Side.Effort effort = side.publish(options.messages());
            var round = new Round(options.messages(), effort, installation.cpu().minus(before));
            requireAllStored(redis, side);
            return round;
        }
    }

    private void requireAllStored(RespClient redis, Side side) throws IOException {
        var found = StoredPublishes.read(redis, installation.keys(), side.channels());
        var expected =
                StoredPublishes.expected(options.messages(), side.channels().size(), options.history());
        if (!found.equals(expected)) {
            throw new IllegalStateException(
                    "after " + side.name() + " Redis holds " + found + " where " + expected + " is expected");
        }
    }
}
