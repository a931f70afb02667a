package dev.fanfare.gateway.access;

import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.failure.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// Counts tokens by what became of them. Any thread.
@Singleton
public class AccessMetrics {

    private static final String NAME = "fanfare.gateway.tokens";

    private final Counter admitted;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);

    AccessMetrics(MeterRegistry registry) {
        admitted = outcome(registry, "admitted");
        for (ErrorCode code : ErrorCode.values()) {
            if (code.slug().startsWith("token-")
                    || code == ErrorCode.KEYS_UNAVAILABLE
                    || code == ErrorCode.REVOCATIONS_UNKNOWN
                    || code == ErrorCode.TOO_MANY_FAILURES) {
                refusals.put(code, outcome(registry, code.slug()));
            }
        }
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder(NAME)
                .description("Tokens of clients, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    Verdict counted(Verdict verdict) {
        Counter counter = switch (verdict) {
            case Verdict.Granted _ -> admitted;
            case Verdict.Refused(ErrorCode code, String _) -> refusals.get(code);
        };
        if (counter != null) {
            counter.increment();
        }
        return verdict;
    }
}
