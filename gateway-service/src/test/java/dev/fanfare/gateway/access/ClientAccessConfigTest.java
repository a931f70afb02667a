package dev.fanfare.gateway.access;

import static dev.fanfare.gateway.Configs.mapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAccessConfigTest {

    private static final String PREFIX = "fanfare.gateway.access.";

    @Test
    void defaults() {
        ClientAccessConfig config = mapped(ClientAccessConfig.class, Map.of());
        assertThat(config.allowedOrigins()).isEmpty();
        assertThat(config.cookie()).isEmpty();
        assertThat(config.queryParameter()).isFalse();
        assertThat(config.expiryWarning()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxConnectionsPerSubject()).isEqualTo(5000);
        assertThat(config.maxConnectionsPerAddress()).isZero();
    }

    @Test
    void everyProperty_isMapped() {
        ClientAccessConfig config = mapped(
                ClientAccessConfig.class,
                Map.of(
                        PREFIX + "allowed-origins", "https://a.example.org,https://b.example.org",
                        PREFIX + "cookie", "token",
                        PREFIX + "query-parameter", "true",
                        PREFIX + "expiry-warning", "5s",
                        PREFIX + "max-connections-per-subject", "1",
                        PREFIX + "max-connections-per-address", "2"));
        assertThat(config.allowedOrigins().orElseThrow())
                .containsExactlyInAnyOrder("https://a.example.org", "https://b.example.org");
        assertThat(config.cookie()).contains("token");
        assertThat(config.queryParameter()).isTrue();
        assertThat(config.expiryWarning()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxConnectionsPerSubject()).isEqualTo(1);
        assertThat(config.maxConnectionsPerAddress()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "expiry-warning, -1s",
        "expiry-warning, 601s",
        "max-connections-per-subject, -1",
        "max-connections-per-address, -1"
    })
    void valueOutOfRange_isRefusedByName(String property, String value) {
        ClientAccessConfig config = mapped(ClientAccessConfig.class, Map.of(PREFIX + property, value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientAccessConfig.checked(config))
                .withMessageStartingWith(PREFIX + property);
    }
}
