package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Checkout;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.IssApi;
import dev.fanfare.e2e.installation.NodeProgram;
import dev.fanfare.e2e.installation.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The demo page in a real browser. The tests themselves are in `e2e/browser`; this starts what they look at.
class DemoPageIT {

    private static final Duration BROWSER_TESTS_WITHIN = Duration.ofMinutes(10);

    @RegisterExtension
    static final IssApi ISS = IssApi.start();

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(1)
            .publishers(1)
            .pollers(1)
            .setting(
                    Service.TELEMETRY,
                    "fanfare.telemetry.sources.iss.url",
                    ISS.uri().toString())
            .build();

    @Test
    void browserTests_pass() throws IOException {
        // Given
        Path artifacts = Files.createDirectories(Checkout.target().resolve("browser"));
        Path reports = Files.createDirectories(Checkout.target().resolve("node-reports"));
        Map<String, String> environment = Map.of(
                "GATEWAY_URL", FANFARE.gateway().http("").toString(),
                "PUBLISHER_URL", FANFARE.publisher().http("").toString(),
                "ARTIFACTS_DIR", artifacts.toString());

        // When
        try (NodeProgram tests = NodeProgram.start(
                "browser",
                "browser-tests",
                environment,
                "--test",
                "--test-concurrency=1",
                "--test-reporter=spec",
                "--test-reporter-destination=stdout",
                "--test-reporter=junit",
                "--test-reporter-destination=" + reports.resolve("browser.xml"))) {
            int code = tests.awaitExit(BROWSER_TESTS_WITHIN);

            // Then
            assertThat(code).as(String.join("\n", tests.lines())).isZero();
        }
    }
}
