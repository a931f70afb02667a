package dev.fanfare.gateway.command;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.frame.ClientFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// Counts requests of clients by what was asked and what was refused. Any thread.
@Singleton
public class CommandMetrics {

    private final Counter subscribes;
    private final Counter unsubscribes;
    private final Counter publishes;
    private final Counter historyReads;
    private final Counter auths;
    private final Counter pings;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);

    CommandMetrics(MeterRegistry registry) {
        subscribes = commands(registry, "subscribe");
        unsubscribes = commands(registry, "unsubscribe");
        publishes = commands(registry, "publish");
        historyReads = commands(registry, "history");
        auths = commands(registry, "auth");
        pings = commands(registry, "ping");
        for (ErrorCode code : ErrorCode.values()) {
            refusals.put(
                    code,
                    Counter.builder("fanfare.gateway.commands.refused")
                            .description("Requests of clients that were refused")
                            .tag("code", code.slug())
                            .register(registry));
        }
    }

    private static Counter commands(MeterRegistry registry, String action) {
        return Counter.builder("fanfare.gateway.commands")
                .description("Requests of clients that were understood")
                .tag("action", action)
                .register(registry);
    }

    void obeyed(ClientFrame frame) {
        Counter counter = switch (frame) {
            case ClientFrame.Subscribe _ -> subscribes;
            case ClientFrame.Unsubscribe _ -> unsubscribes;
            case ClientFrame.Publish _ -> publishes;
            case ClientFrame.History _ -> historyReads;
            case ClientFrame.Auth _ -> auths;
            case ClientFrame.Ping _ -> pings;
        };
        counter.increment();
    }

    void refused(ErrorCode code) {
        Counter counter = refusals.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
