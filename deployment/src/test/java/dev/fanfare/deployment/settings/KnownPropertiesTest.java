package dev.fanfare.deployment.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPropertiesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            GATEWAY,   FANFARE_GATEWAY_HANDSHAKE_MAX_CONNECTIONS,           true
            GATEWAY,   FANFARE_GATEWAY_HANDSHAKE_MAX_CONNECTION,            false
            GATEWAY,   FANFARE_PUBLISHER_HTTP_BODY_TIMEOUT,                 false
            PUBLISHER, FANFARE_PUBLISHER_HTTP_BODY_TIMEOUT,                 true
            PUBLISHER, FANFARE_GATEWAY_DRAIN_TIMEOUT,                       false
            TELEMETRY, FANFARE_TELEMETRY_SOURCES_ISS_URL,                   true
            TELEMETRY, FANFARE_TELEMETRY_SOURCES_ISS_URI,                   false
            GATEWAY,   FANFARE_CHANNELS_RULES_0__PATTERN,                   true
            GATEWAY,   FANFARE_CHANNELS_RULES_X__PATTERN,                   false
            GATEWAY,   FANFARE_ACCESS_ISSUERS_BACKEND_SECRET_FILE,          true
            GATEWAY,   FANFARE_REDIS,                                       true
            GATEWAY,   FANFARE_REDIS_URL,                                   false
            GATEWAY,   GATEWAY_PORT,                                        true
            GATEWAY,   PUBLISHER_PORT,                                      false
            GATEWAY,   QUARKUS_REDIS_CLIENT_TYPE,                           true
            GATEWAY,   QUARKUS_TLS_REDIS_TRUST_STORE_PEM_CERTS,             true
            GATEWAY,   QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING,         true
            GATEWAY,   QUARKUS_SHUTDOWN_DELAY_ENABLED,                      false
            GATEWAY,   QUARKUS_NO_SUCH_THING,                               false
            """)
    void variable_isKnownWhenItCountsAtRunTime(Deployable service, String variable, boolean isKnown) {
        // Given
        KnownProperties properties = KnownProperties.of(service);

        // When
        boolean knows = properties.knows(variable);

        // Then
        assertThat(knows).isEqualTo(isKnown);
    }
}
