package dev.fanfare.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for `localhost` and `127.0.0.1`, and its key, as PEM files.
///
/// The certificate is its own authority: clients trust [#certificate].
public record TlsFiles(Path certificate, Path key) {

    private static final int OPENSSL_SECONDS = 20;

    /// Makes a new pair in `directory` with the `openssl` command, which lasts one day.
    public static TlsFiles generate(Path directory) {
        return generate(directory, 1);
    }

    /// The same, which lasts so many days.
    public static TlsFiles generate(Path directory, int days) {
        Path certificate = directory.resolve("redis.crt");
        Path key = directory.resolve("redis.key");
        try {
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            String.valueOf(days),
                            "-subj",
                            "/CN=localhost",
                            "-addext",
                            "subjectAltName=DNS:localhost,IP:127.0.0.1",
                            "-keyout",
                            key.toString(),
                            "-out",
                            certificate.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("openssl.log").toFile())
                    .start();
            if (!openssl.waitFor(OPENSSL_SECONDS, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
                throw new IllegalStateException(
                        "openssl failed: " + Files.readString(directory.resolve("openssl.log")));
            }
        } catch (IOException e) {
            throw new IllegalStateException("openssl cannot be run; install it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while openssl ran", e);
        }
        return new TlsFiles(certificate, key);
    }

    /// A context that trusts [#certificate] and nothing else.
    public SSLContext trustingContext() {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("not a certificate: " + certificate, e);
        }
    }
}
