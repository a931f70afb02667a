package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.broker.HistorySlice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// What recovery counts. Any thread.
@Singleton
public class RecoveryMetrics {

    private final Counter gaps;
    private final Counter repairedMessages;
    private final Counter recovered;
    private final Counter notRecovered;
    private final Counter historyReads;
    private final Map<HistorySlice.Reason, Counter> discontinuities = new EnumMap<>(HistorySlice.Reason.class);

    RecoveryMetrics(MeterRegistry registry) {
        gaps = Counter.builder("fanfare.gateway.gaps")
                .description("Messages that came from Redis but were not the next of their channel")
                .register(registry);
        repairedMessages = Counter.builder("fanfare.gateway.gaps.repaired.messages")
                .description("Missed messages that were read from history and delivered in order")
                .register(registry);
        recovered = resumes(registry, "recovered");
        notRecovered = resumes(registry, "not-recovered");
        historyReads = Counter.builder("fanfare.gateway.history.reads")
                .description("Reads of a channel's past for those who join; one serves all who wait")
                .register(registry);
        for (var reason : HistorySlice.Reason.values()) {
            discontinuities.put(
                    reason,
                    Counter.builder("fanfare.gateway.discontinuities")
                            .description("Times that a channel's subscribers were told of a loss")
                            .tag("reason", reason.slug())
                            .register(registry));
        }
    }

    private static Counter resumes(MeterRegistry registry, String outcome) {
        return Counter.builder("fanfare.gateway.resumes")
                .description("Subscriptions that asked for a part of the past")
                .tag("outcome", outcome)
                .register(registry);
    }

    void resumed(boolean isRecovered) {
        (isRecovered ? recovered : notRecovered).increment();
    }

    /// A read of history for joiners, however many they are.
    void historyRead() {
        historyReads.increment();
    }

    void gapFound() {
        gaps.increment();
    }

    void repaired(int messages) {
        repairedMessages.increment(messages);
    }

    void discontinuity(HistorySlice.Reason reason) {
        Counter counter = discontinuities.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
