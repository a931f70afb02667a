package dev.fanfare.access.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// What was refused because there was too much of it, and how the instances tell each other. Any thread.
@Singleton
public final class LimitMetrics {

    private final Map<Limit, Counter> exceeded = new EnumMap<>(Limit.class);
    private final List<Generations<?>> known = new CopyOnWriteArrayList<>();
    private final Counter answered;
    private final Counter failed;

    public LimitMetrics(MeterRegistry registry) {
        for (Limit limit : Limit.values()) {
            exceeded.put(
                    limit,
                    Counter.builder("fanfare.limits.exceeded")
                            .description("requests that were refused because there was too much of something")
                            .tag("limit", limit.word())
                            .register(registry));
        }
        answered = reports(registry, "answered");
        failed = reports(registry, "failed");
        Gauge.builder("fanfare.limits.budgets", known, LimitMetrics::size)
                .description("subjects, keys and addresses of which it is known what they have spent")
                .register(registry);
    }

    private static Counter reports(MeterRegistry registry, String outcome) {
        return Counter.builder("fanfare.limits.reports")
                .description("reports to the other instances of what was let through")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static double size(List<Generations<?>> known) {
        return known.stream().mapToInt(Generations::size).sum();
    }

    void observe(Generations<?> budgets) {
        known.add(budgets);
    }

    void exceeded(Limit limit) {
        Counter counter = exceeded.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }

    void reported(boolean isAnswered) {
        (isAnswered ? answered : failed).increment();
    }
}
