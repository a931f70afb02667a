package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    @Test
    void tooShortTimeout_isRefused() {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyReader(5000, Duration.ofMillis(999)))
                .withMessageContaining("fanfare.publisher.http.body-timeout");
    }
}
