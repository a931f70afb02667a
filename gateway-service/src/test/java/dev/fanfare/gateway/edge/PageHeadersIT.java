package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What browsers are told about everything that a gateway serves.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class PageHeadersIT {

    @TestHTTPResource("/")
    URI root;

    @ParameterizedTest
    @CsvSource({"/, 200", "/demo/app.js, 200", "/q/health/live, 200", "/no-such-page, 404"})
    void everyAnswer_forbidsWhatThePageDoesNotNeed(String path, int status) throws Exception {
        // When
        HttpResponse<Void> answer;
        try (HttpClient client = HttpClient.newHttpClient()) {
            answer = client.send(
                    HttpRequest.newBuilder(root.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
        }

        // Then
        HttpHeaders headers = answer.headers();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy.split("; "))
                        .contains(
                                "default-src 'self'",
                                "base-uri 'none'",
                                "object-src 'none'",
                                "frame-ancestors 'none'"));
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }
}
