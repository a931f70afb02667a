package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.testkit.FreePorts;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TlsFiles;
import dev.fanfare.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// TLS everywhere, set up as `docs/how-to/tls.md` says: clients to both services, and both to Redis.
class TlsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    /// The shortest that there is, and as much again for a slow machine.
    private static final Duration RELOADED_WITHIN = Duration.ofSeconds(60);

    private static final double ONE_DAY = 86_400;

    private static final TlsFiles OURS = TlsFiles.generate(newFolder());
    private static final TlsFiles OF_REDIS = TlsFiles.generate(newFolder());
    private static final Map<Service, Integer> PORTS = new EnumMap<>(Service.class);

    @RegisterExtension
    static final Fanfare FANFARE = encrypted(Fanfare.of()
                    .gateways(1)
                    .publishers(1)
                    .on(new RedisTopology.Single(
                            RedisServer.with(RedisOptions.defaults().withTls(OF_REDIS)))))
            .build();

    private static Fanfare.Builder encrypted(Fanfare.Builder builder) {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            PORTS.put(service, FreePorts.next());
            builder.setting(service, "quarkus.http.ssl-port", String.valueOf(PORTS.get(service)))
                    .setting(service, "quarkus.http.tls-configuration-name", "https")
                    .setting(
                            service,
                            "quarkus.tls.https.key-store.pem.0.cert",
                            OURS.certificate().toString())
                    .setting(
                            service,
                            "quarkus.tls.https.key-store.pem.0.key",
                            OURS.key().toString())
                    .setting(service, "quarkus.tls.https.reload-period", "30s")
                    .setting(service, "quarkus.redis.tls-configuration-name", "redis")
                    .setting(service, "quarkus.tls.redis.hostname-verification-algorithm", "HTTPS")
                    .setting(
                            service,
                            "quarkus.tls.redis.trust-store.pem.certs",
                            OF_REDIS.certificate().toString());
        }
        return builder;
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("fanfare-tls");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI gateway() {
        return URI.create("wss://localhost:" + PORTS.get(Service.GATEWAY) + "/ws");
    }

    /// Seconds until a certificate of a service ends, as its metrics say.
    private static double remaining(Service service, String kind) {
        return FANFARE.all(service).getFirst().metric("fanfare_certificate_remaining_seconds{kind=\"" + kind + "\"}");
    }

    private static int publish(SSLContext trust) throws IOException, InterruptedException {
        URI address = URI.create("https://localhost:" + PORTS.get(Service.PUBLISHER) + "/v1/channels/tls/messages");
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"data\":\"over tls\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void messages_goOverTlsAllTheWay_andNewCertificatesAreTakenWithoutARestart(@TempDir Path folder) throws Exception {
        SSLContext trust = OURS.trustingContext();
        try (WebSocketProbe client = WebSocketProbe.connect(trust, gateway())) {
            // Given
            client.send("{\"action\":\"subscribe\",\"channel\":\"tls\",\"id\":1}");
            client.awaitFrames(1, SOON);

            // When
            int status = publish(trust);

            // Then
            assertThat(status).isEqualTo(201);
            assertThat(remaining(Service.GATEWAY, "server")).isBetween(0.0, ONE_DAY);
            assertThat(remaining(Service.PUBLISHER, "server")).isBetween(0.0, ONE_DAY);
            assertThat(remaining(Service.PUBLISHER, "authority")).isBetween(0.0, ONE_DAY);
            assertThat(client.awaitFrames(2, SOON).getLast()).contains("over tls");

            // When
            TlsFiles renewed = TlsFiles.generate(folder, 30);
            Files.copy(renewed.key(), OURS.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(renewed.certificate(), OURS.certificate(), StandardCopyOption.REPLACE_EXISTING);

            // Then
            SSLContext trustOfRenewed = renewed.trustingContext();
            await().atMost(RELOADED_WITHIN).ignoreExceptions().until(() -> publish(trustOfRenewed) == 201);
            await().atMost(RELOADED_WITHIN).ignoreExceptions().until(() -> {
                try (WebSocketProbe another = WebSocketProbe.connect(trustOfRenewed, gateway())) {
                    return another.isOpen();
                }
            });
            assertThatThrownBy(() -> publish(trust)).isInstanceOf(SSLHandshakeException.class);
            assertThat(client.isOpen()).isTrue();
            assertThat(remaining(Service.GATEWAY, "server")).isGreaterThan(29 * ONE_DAY);
            assertThat(remaining(Service.GATEWAY, "authority")).isBetween(0.0, ONE_DAY);
        }
    }
}
