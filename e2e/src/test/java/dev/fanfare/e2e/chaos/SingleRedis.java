package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One Redis that writes everything to its append-only file before it answers, and a link of its own from
/// each process to it.
final class SingleRedis implements Topology {

    private static final Duration DELAY = Duration.ofMillis(120);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(6);

    private final RedisServer redis = RedisServer.with(RedisOptions.defaults().withAppendOnly());
    private final List<TcpProxy> links = new ArrayList<>();

    @Override
    public String name() {
        return "single";
    }

    @Override
    public void start() {
        redis.start();
    }

    @Override
    public String hosts(int process) {
        while (links.size() <= process) {
            links.add(newLink());
        }
        return "redis://127.0.0.1:" + links.get(process).port();
    }

    private TcpProxy newLink() {
        try {
            return new TcpProxy(redis.uri().getHost(), redis.uri().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public int replicas() {
        return 0;
    }

    @Override
    public List<Fault> faults(List<String> channels) {
        return List.of(
                new Fault("redis-killed", Loss.NONE, Duration.ofSeconds(3), _ -> {
                    redis.kill();
                    return redis::start;
                }),
                new Fault("redis-restarted", Loss.NONE, SHORT, _ -> {
                    redis.stop();
                    return redis::start;
                }),
                new Fault("redis-paused", Loss.NONE, LONG, _ -> {
                    redis.pause();
                    return redis::resume;
                }),
                RedisFaults.emptied(this),
                RedisFaults.pubSubKilled(this),
                link("link-delayed", LONG, link -> link.delay(DELAY), link -> link.delay(Duration.ZERO)),
                link("link-cut", SHORT, TcpProxy::cut, _ -> {}),
                link("link-refused", LONG, SingleRedis::refuse, link -> link.refuse(false)),
                link("link-stalled", LONG, TcpProxy::stall, TcpProxy::flow),
                link("link-half-open", SHORT, TcpProxy::halfOpen, _ -> {}));
    }

    private static void refuse(TcpProxy link) {
        link.refuse(true);
        link.cut();
    }

    private Fault link(String name, Duration longest, Consumer<TcpProxy> begin, Consumer<TcpProxy> undo) {
        return new Fault(name, Loss.NONE, longest, choice -> {
            TcpProxy link = links.get(choice % links.size());
            begin.accept(link);
            return () -> undo.accept(link);
        });
    }

    @Override
    public void awaitWhole() {
        // Starting waits until it answers.
    }

    @Override
    public List<Server> primaries() {
        return List.of(redis::execute);
    }

    @Override
    public void close() {
        for (TcpProxy link : links) {
            try {
                link.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        redis.close();
    }
}
