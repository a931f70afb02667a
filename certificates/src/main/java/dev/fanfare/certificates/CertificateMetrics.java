package dev.fanfare.certificates;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tells how long the certificates last: the one that is shown to clients of this service, the one that is shown to
/// Redis, and the authorities by which that of Redis is believed. Any thread.
///
/// Looks at what the TLS registry holds at that moment: a certificate that was reloaded counts at once, and one that
/// could not be reloaded is the old one.
@Singleton
@Startup
public final class CertificateMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final TlsConfigurationRegistry tls;
    private final Clock clock;

    /// @param http name of the TLS configuration of the service, the default one unless set
    /// @param redis name of that of the connections to Redis, none unless set
    @Inject
    CertificateMetrics(
            MeterRegistry registry,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> http,
            @ConfigProperty(name = "quarkus.redis.tls-configuration-name") Optional<String> redis) {
        this(registry, tls, http, redis, Clock.systemUTC());
    }

    CertificateMetrics(
            MeterRegistry registry,
            TlsConfigurationRegistry tls,
            Optional<String> http,
            Optional<String> redis,
            Clock clock) {
        this.tls = tls;
        this.clock = clock;
        gauge(
                registry,
                "server",
                () -> ofService(http).flatMap(each -> store(each.getKeyStore())).flatMap(CertificateEnds::first));
        gauge(
                registry,
                "client",
                () -> redis.flatMap(tls::get)
                        .flatMap(each -> store(each.getKeyStore()))
                        .flatMap(CertificateEnds::first));
        gauge(
                registry,
                "authority",
                () -> redis.flatMap(tls::get)
                        .flatMap(each -> store(each.getTrustStore()))
                        .flatMap(CertificateEnds::last));
    }

    private Optional<TlsConfiguration> ofService(Optional<String> http) {
        return http.isPresent() ? tls.get(http.get()) : tls.getDefault();
    }

    private static Optional<KeyStore> store(KeyStore store) {
        return Optional.ofNullable(store);
    }

    private void gauge(MeterRegistry registry, String kind, Supplier<Optional<Instant>> end) {
        Gauge.builder(
                        "fanfare.certificate.remaining",
                        () -> end.get().map(this::secondsUntil).orElse(Double.NaN))
                .description("time until a certificate ends")
                .baseUnit("seconds")
                .tag("kind", kind)
                .register(registry);
    }

    private double secondsUntil(Instant end) {
        return Duration.between(clock.instant(), end).toMillis() / MILLIS_PER_SECOND;
    }
}
