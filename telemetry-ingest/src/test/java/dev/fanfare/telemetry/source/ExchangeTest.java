package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

    @ParameterizedTest
    @CsvSource({
        "http://a/x, /y, true",
        "http://a/x, https://b/y, true",
        "https://a/x, https://b/y, true",
        "https://a/x, http://a/y, false",
        "https://a/x, HTTP://a/y, false",
        "http://a/x, ftp://a/y, false",
        "http://a/x, http:y, false",
    })
    void redirect_isFollowedUnlessItGivesUpHttps(URI from, String location, boolean isFollowed) {
        // When, Then
        assertThat(Exchange.target(from, location).isPresent()).isEqualTo(isFollowed);
    }
}
