package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpConfigTest {

    @Test
    void defaults() {
        // When
        HttpConfig config = config(Map.of());

        // Then
        assertThat(config.bodyTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everyProperty_isMapped() {
        // When
        HttpConfig config = config(Map.of(
                "fanfare.publisher.http.body-timeout", "PT3S",
                "fanfare.publisher.http.retry-after", "PT4S"));

        // Then
        assertThat(config.bodyTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void retryAfterBelowASecond_isRefused() {
        // Given
        HttpConfig config = config(Map.of("fanfare.publisher.http.retry-after", "PT0.5S"));

        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryAfter(config))
                .withMessageContaining("fanfare.publisher.http.retry-after");
    }

    @Test
    void retryAfter_liesBetweenTheLeastAndThreeTimesThat() {
        // Given
        HttpConfig config = config(Map.of("fanfare.publisher.http.retry-after", "PT4S"));

        // When, Then
        assertThat(new RetryAfter(config, (from, to) -> from).next()).isEqualTo("4");
        assertThat(new RetryAfter(config, (from, to) -> to - 1).next()).isEqualTo("12");
    }

    private static HttpConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(HttpConfig.class)
                .withDefaultValues(properties)
                .withConverter(Duration.class, 500, HttpConfigTest::duration)
                .build()
                .getConfigMapping(HttpConfig.class);
    }

    /// Quarkus has a converter that takes `10s`; its class is not for others to use.
    private static Duration duration(String text) {
        return Duration.parse(text.startsWith("P") ? text : "PT" + text);
    }
}
