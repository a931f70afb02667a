package dev.fanfare.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fanfare.testkit.MetricsDocument;
import dev.fanfare.testkit.TlsFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateMetricsTest {

    private static TlsFiles oneDay;
    private static TlsFiles thirtyDays;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TlsConfigurations tls = new TlsConfigurations();

    @BeforeAll
    static void generate(@TempDir Path folder) throws Exception {
        oneDay = TlsFiles.generate(Files.createDirectory(folder.resolve("one")));
        thirtyDays = TlsFiles.generate(Files.createDirectory(folder.resolve("thirty")), 30);
    }

    private void observe(Optional<String> http, Optional<String> redis, Instant now) {
        new CertificateMetrics(registry, tls, http, redis, Clock.fixed(now, ZoneOffset.UTC));
    }

    private double remaining(String kind) {
        return registry.get("fanfare.certificate.remaining")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    private static Instant end(TlsFiles files) {
        return Stores.certificate(files).getNotAfter().toInstant();
    }

    @Test
    void certificateOfTheService_isToldInSecondsUntilItsEnd() {
        // Given
        tls.put("https", Stores.showing(thirtyDays), null);

        // When
        observe(Optional.of("https"), Optional.empty(), end(thirtyDays).minusMillis(90_500));

        // Then
        assertThat(remaining("server")).isCloseTo(90.5, within(0.001));
        assertThat(remaining("client")).isNaN();
        assertThat(remaining("authority")).isNaN();
    }

    @Test
    void endedCertificate_isToldAsNegative() {
        // Given
        tls.put("https", Stores.showing(oneDay), null);

        // When
        observe(Optional.of("https"), Optional.empty(), end(oneDay).plusSeconds(60));

        // Then
        assertThat(remaining("server")).isCloseTo(-60, within(0.001));
    }

    @Test
    void chainThatEndsEarlier_counts() {
        // Given
        tls.put("https", Stores.showing(thirtyDays, oneDay), null);

        // When
        observe(Optional.of("https"), Optional.empty(), end(oneDay).minusSeconds(5));

        // Then
        assertThat(remaining("server")).isCloseTo(5, within(0.001));
    }

    @Test
    void serviceWithoutANameForIt_showsTheDefaultOne() {
        // Given
        tls.putDefault(Stores.showing(oneDay));

        // When
        observe(Optional.empty(), Optional.empty(), end(oneDay).minusSeconds(5));

        // Then
        assertThat(remaining("server")).isCloseTo(5, within(0.001));
    }

    @Test
    void certificatesForRedis_areOursAndTheLastAuthority() {
        // Given
        tls.put("redis", Stores.showing(oneDay), Stores.believing(oneDay, thirtyDays));

        // When
        observe(Optional.empty(), Optional.of("redis"), end(oneDay).minusSeconds(5));

        // Then
        assertThat(remaining("client")).isCloseTo(5, within(0.001));
        assertThat(remaining("authority"))
                .isCloseTo(5.0 + Duration.between(end(oneDay), end(thirtyDays)).toSeconds(), within(0.001));
        assertThat(remaining("server")).isNaN();
    }

    @Test
    void reloadedCertificate_countsAtOnce() {
        // Given
        tls.put("https", Stores.showing(oneDay), null);
        observe(Optional.of("https"), Optional.empty(), end(thirtyDays).minusSeconds(60));

        // When
        tls.put("https", Stores.showing(thirtyDays), null);

        // Then
        assertThat(remaining("server")).isCloseTo(60, within(0.001));
    }

    @Test
    void emptyStore_hasNoEnd() {
        // Given
        KeyStore nothing = Stores.empty();
        tls.put("redis", nothing, nothing);

        // When
        observe(Optional.empty(), Optional.of("redis"), Instant.EPOCH);

        // Then
        assertThat(remaining("client")).isNaN();
        assertThat(remaining("authority")).isNaN();
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // Given
        MetricsDocument document = MetricsDocument.read("metrics-certificates.md");

        // When
        observe(Optional.empty(), Optional.empty(), Instant.EPOCH);

        // Then
        assertThat(document.names())
                .containsExactlyElementsOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct()
                        .toList());
        assertThat(registry.getMeters())
                .extracting(meter -> "`" + meter.getId().getTag("kind") + "`")
                .allSatisfy(kind -> assertThat(document.table()).contains(kind));
    }
}
