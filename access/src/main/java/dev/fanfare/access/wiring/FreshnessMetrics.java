package dev.fanfare.access.wiring;

import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.TrustedIssuer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/// How old what decisions are made by is: keys of issuers, and revocations.
final class FreshnessMetrics {

    private final MeterRegistry registry;

    FreshnessMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void observe(TokenVerifier verifier) {
        for (TrustedIssuer issuer : verifier.issuers()) {
            Gauge.builder("fanfare.access.keys.age", issuer.keys(), keys -> seconds(keys.age()))
                    .description("Since the keys of an issuer were last read")
                    .baseUnit("seconds")
                    .tag("issuer", issuer.issuer())
                    .register(registry);
        }
    }

    void observe(Revocations revocations) {
        Gauge.builder("fanfare.access.revocations.age", revocations, each -> seconds(each.age()))
                .description("Since what was revoked was last read")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double seconds(Optional<Duration> age) {
        return age.map(each -> each.toNanos() / 1e9).orElse(Double.NaN);
    }
}
