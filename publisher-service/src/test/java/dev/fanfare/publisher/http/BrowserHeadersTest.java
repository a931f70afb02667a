package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What browsers are told that are led to the API.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class BrowserHeadersTest {

    @ParameterizedTest
    @CsvSource({"/v1/time, 200", "/q/openapi, 200", "/no-such-page, 404"})
    void everyAnswer_forbidsEverything(String path, int status) {
        // When
        HttpResponse<String> answer = Api.get(path);

        // Then
        HttpHeaders headers = answer.headers();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }
}
