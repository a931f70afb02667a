package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.access.wiring.AccessConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensConfigTest {

    @Test
    void defaults() {
        // When
        TokensConfig config = configOf(Map.of()).getConfigMapping(TokensConfig.class);

        // Then
        assertThat(config.signingFolder()).isEmpty();
        assertThat(config.activeKey()).isEmpty();
        assertThat(config.issuer()).isEqualTo("fanfare");
        assertThat(config.audience()).isEqualTo("fanfare");
        assertThat(config.defaultLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.maxLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(config.refreshInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.publishAhead()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settingsOf(Map.of()).keyMemory())
                .isEqualTo(Duration.ofHours(1).plusSeconds(30 + 10));
    }

    @Test
    void everyProperty_isMapped() {
        // When
        IssueSettings settings = settingsOf(Map.of(
                "fanfare.publisher.tokens.signing-folder", "/signing",
                "fanfare.publisher.tokens.active-key", "a",
                "fanfare.publisher.tokens.issuer", "b",
                "fanfare.publisher.tokens.audience", "c",
                "fanfare.publisher.tokens.default-lifetime", "1S",
                "fanfare.publisher.tokens.max-lifetime", "2S",
                "fanfare.publisher.tokens.refresh-interval", "3S",
                "fanfare.publisher.tokens.publish-ahead", "4S"));

        // Then
        assertThat(settings.folder()).hasToString("/signing");
        assertThat(settings.activeKey()).isEqualTo("a");
        assertThat(settings.issuer()).isEqualTo("b");
        assertThat(settings.audience()).isEqualTo("c");
        assertThat(settings.defaultLifetime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxLifetime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.refreshInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.publishAhead()).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, ' '",
        "audience, ' '",
        "default-lifetime, 0.9S",
        "default-lifetime, 61M",
        "max-lifetime, 0.9S",
        "max-lifetime, 25H",
        "refresh-interval, 99MS",
        "refresh-interval, 61S",
        "publish-ahead, PT-1S",
        "publish-ahead, 25H",
    })
    void valueOutOfRange_isRefusedWithItsKey(String key, String value) {
        // When, Then
        assertThatThrownBy(() -> settingsOf(Map.of("fanfare.publisher.tokens." + key, value)))
                .isInstanceOf(IllegalTokensConfigException.class)
                .hasMessageStartingWith("fanfare.publisher.tokens." + key + ": ");
    }

    private static IssueSettings settingsOf(Map<String, String> values) {
        SmallRyeConfig config = configOf(values);
        return IssueSettings.of(
                config.getConfigMapping(TokensConfig.class), config.getConfigMapping(AccessConfig.class));
    }

    private static SmallRyeConfig configOf(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TokensConfig.class)
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
