package dev.fanfare.gateway.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The annotation of this pod that says what its deletion costs, at the Kubernetes API. Waits; not for
/// event loops.
final class PodAnnotation {

    static final String NAME = "controller.kubernetes.io/pod-deletion-cost";

    private static final String PREFIX = "fanfare.gateway.pod-deletion-cost.";

    private final HttpClient client;
    private final URI pod;
    private final Path token;
    private final Duration timeout;

    private PodAnnotation(HttpClient client, URI pod, Path token, Duration timeout) {
        this.client = client;
        this.pod = pod;
        this.token = token;
        this.timeout = timeout;
    }

    /// Why the API did not take it.
    static final class RefusedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /// @throws IllegalArgumentException when the files of the service account or the pod's name are missing; it names
    ///     the property
    static PodAnnotation of(PodDeletionCostConfig config) {
        Path credentials = config.credentials();
        String name = config.pod().orElseGet(PodAnnotation::hostname);
        try {
            String namespace =
                    Files.readString(credentials.resolve("namespace")).strip();
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(config.timeout())
                    .sslContext(trusting(credentials.resolve("ca.crt")))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            URI pod = config.api().resolve("/api/v1/namespaces/" + namespace + "/pods/" + name);
            return new PodAnnotation(client, pod, credentials.resolve("token"), config.timeout());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    PREFIX + "credentials: no service account in " + credentials
                            + "; let the pod mount its token, or switch " + PREFIX + "enabled off",
                    e);
        }
    }

    private static String hostname() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(PREFIX + "pod is not set, and HOSTNAME neither");
        }
        return name;
    }

    private static SSLContext trusting(Path authorities) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authorities)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), each);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /// Sets it.
    ///
    /// @param cost from 0
    /// @throws RefusedException when that failed; it says why, and nothing secret
    void set(int cost) throws RefusedException {
        try {
            HttpResponse<Void> response = client.send(request(cost), HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new RefusedException("status " + response.statusCode() + " of PATCH " + pod);
            }
        } catch (IOException e) {
            throw new RefusedException(e + " of PATCH " + pod);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted");
        }
    }

    private HttpRequest request(int cost) throws IOException {
        String body = "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}".formatted(NAME, cost);
        return HttpRequest.newBuilder(pod)
                .timeout(timeout)
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
