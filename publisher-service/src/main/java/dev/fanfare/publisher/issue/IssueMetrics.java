package dev.fanfare.publisher.issue;

import dev.fanfare.contract.failure.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/// What became of orders for tokens, and whether there are keys to sign with.
final class IssueMetrics {

    private final Counter issued;
    private final Counter refused;
    private final Counter failed;

    /// @param keys how many keys there are in the folder
    IssueMetrics(MeterRegistry registry, IntSupplier keys) {
        issued = outcome(registry, "issued");
        refused = outcome(registry, "refused");
        failed = outcome(registry, "failed");
        Gauge.builder("fanfare.publisher.signing.keys", keys::getAsInt)
                .description("keys in the folder that can sign")
                .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("fanfare.publisher.tokens")
                .description("orders for tokens")
                .tag("outcome", outcome)
                .register(registry);
    }

    void issued() {
        issued.increment();
    }

    void refused(ErrorCode code) {
        (code == ErrorCode.SIGNING_KEY_MISSING ? failed : refused).increment();
    }
}
