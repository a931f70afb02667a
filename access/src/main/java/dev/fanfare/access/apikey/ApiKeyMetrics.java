package dev.fanfare.access.apikey;

import dev.fanfare.contract.failure.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/// API keys that were refused, by the reason. Any thread.
public final class ApiKeyMetrics {

    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    public ApiKeyMetrics(MeterRegistry registry) {
        for (ErrorCode reason : ApiKeys.REFUSALS) {
            refused.put(
                    reason,
                    Counter.builder("fanfare.access.api.keys.refused")
                            .description("API keys that were refused")
                            .tag("reason", reason.slug())
                            .register(registry));
        }
    }

    /// An API key was refused.
    ///
    /// @param reason one of [ApiKeys#REFUSALS]
    public void refused(ErrorCode reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
