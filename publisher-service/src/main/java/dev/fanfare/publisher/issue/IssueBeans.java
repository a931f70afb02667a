package dev.fanfare.publisher.issue;

import dev.fanfare.access.wiring.AccessConfig;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.PublicKeyBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/// Configuration to beans, made at the start, which an unusable configuration stops.
@Singleton
final class IssueBeans {

    private static final Logger LOG = Logger.getLogger(IssueBeans.class);

    private final IssueSettings settings;

    IssueBeans(TokensConfig config, AccessConfig access) {
        this.settings = IssueSettings.of(config, access);
        boolean isTrusted = access.issuers().values().stream()
                .anyMatch(issuer -> issuer.issuer().equals(settings.issuer())
                        && issuer.audience().equals(settings.audience()));
        if (settings.folder() != null && !isTrusted) {
            LOG.warnf(
                    "tokens are issued which nobody here takes: name the issuer in fanfare.access.issuers issuer=%s"
                            + " audience=%s",
                    settings.issuer(), settings.audience());
        }
    }

    @Produces
    @Singleton
    @Startup
    SigningKeys signingKeys(PublicKeyBoard board) {
        return SigningKeys.of(board, settings);
    }

    void close(@Disposes SigningKeys keys) {
        keys.close();
    }

    @Produces
    @Singleton
    @Startup
    TokenIssuing issuing(ApiKeyStore store, SigningKeys signing, MeterRegistry registry, Clock clock) {
        return new TokenIssuing(store, signing, settings, new IssueMetrics(registry, signing::size), clock);
    }
}
