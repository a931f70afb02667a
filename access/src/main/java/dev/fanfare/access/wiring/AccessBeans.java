package dev.fanfare.access.wiring;

import dev.fanfare.access.apikey.ApiKeyMetrics;
import dev.fanfare.access.apikey.ApiKeys;
import dev.fanfare.access.capability.AnonymousAccess;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.RevocationLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/// The beans that services inject. They are made at the start, which an unsafe configuration stops.
@Singleton
final class AccessBeans {

    private static final Logger LOG = Logger.getLogger(AccessBeans.class);

    private final AccessConfig config;
    private final Instance<MeterRegistry> registry;

    /// @param registry absent where nothing is measured
    AccessBeans(AccessConfig config, Instance<MeterRegistry> registry) {
        this.config = config;
        this.registry = registry;
    }

    @Produces
    @Singleton
    @Startup
    TokenVerifier verifier(Instance<PublicKeyBoard> board) {
        TokenVerifier verifier = AccessSettings.verifier(config, board::get, Clock.systemUTC(), new SecureRandom());
        registry.stream().map(FreshnessMetrics::new).forEach(metrics -> metrics.observe(verifier));
        return verifier;
    }

    void close(@Disposes TokenVerifier verifier) {
        verifier.close();
    }

    @Produces
    @Singleton
    @Startup
    AnonymousAccess anonymous() {
        var anonymous = new AnonymousAccess(AccessSettings.anonymous(config));
        if (!anonymous.isOff()) {
            LOG.warnf("whoever reaches this service may, without a token, do %s", anonymous.capabilities());
        }
        return anonymous;
    }

    /// Follows the broker's log from when it is first used.
    ///
    /// @param log absent where no broker is on the class path; then nobody may ask for revocations
    @Produces
    @Singleton
    Revocations revocations(Instance<RevocationLog> log) {
        var revocations = Revocations.of(log.get(), AccessSettings.revocations(config), Clock.systemUTC());
        registry.stream().map(FreshnessMetrics::new).forEach(metrics -> metrics.observe(revocations));
        return revocations;
    }

    void close(@Disposes Revocations revocations) {
        revocations.close();
    }

    /// Follows the broker's store from when it is first used.
    ///
    /// @param store absent where no broker is on the class path; then nobody may ask for API keys
    @Produces
    @Singleton
    ApiKeys apiKeys(Instance<ApiKeyStore> store) {
        List<ApiKeyMetrics> metrics = registry.stream().map(ApiKeyMetrics::new).toList();
        return ApiKeys.of(
                store.get(), AccessSettings.apiKeys(config), reason -> metrics.forEach(each -> each.refused(reason)));
    }

    void close(@Disposes ApiKeys keys) {
        keys.close();
    }
}
