package dev.fanfare.access.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.access.apikey.ApiKeyMetrics;
import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.limit.LimitMetrics;
import dev.fanfare.access.revocation.RevocationSettings;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.TokenSettings;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.TrustedIssuer;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-access.md");
    private static final TokenSettings TOKENS = new TokenSettings(Duration.ofSeconds(30), Duration.ofHours(24), 8192);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TokenVerifier verifier = new TokenVerifier(
            List.of(new TrustedIssuer("https://issuer", "app", Set.of(), IssuerKeys.fixed(KeySet.EMPTY))),
            TOKENS,
            Clock.systemUTC());
    private final Revocations revocations = Revocations.of(
            new InMemoryBroker(new ChannelRules(List.of()), Clock.systemUTC(), Duration.ofMinutes(5)),
            RevocationSettings.of(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(10), TOKENS),
            Clock.systemUTC());

    MetricsDocumentTest() {
        var metrics = new FreshnessMetrics(registry);
        metrics.observe(verifier);
        metrics.observe(revocations);
        new LimitMetrics(registry);
        new ApiKeyMetrics(registry);
    }

    @AfterEach
    void close() {
        revocations.close();
        verifier.close();
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        DOCUMENT.assertNamesExactly(
                registry.getMeters().stream().map(meter -> meter.getId().getName()));
    }

    @Test
    void table_namesEveryLimitOutcomeAndReason() {
        // When, Then
        DOCUMENT.assertTells(registry.getMeters().stream()
                .filter(meter -> meter.getId().getTag("issuer") == null)
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getValue));
    }

    @Test
    void keysOfAnIssuer_areToldByItsName() {
        // When, Then
        assertThat(registry.get("fanfare.access.keys.age")
                        .tag("issuer", "https://issuer")
                        .gauge()
                        .value())
                .isZero();
    }
}
