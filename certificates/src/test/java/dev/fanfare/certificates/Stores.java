package dev.fanfare.certificates;

import dev.fanfare.testkit.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;

/// Stores as the TLS registry makes them of PEM files.
final class Stores {

    private Stores() {}

    static X509Certificate certificate(TlsFiles files) {
        try (InputStream pem = Files.newInputStream(files.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A key, whichever, with `chain`, that of the key first.
    static KeyStore showing(TlsFiles... chain) {
        try {
            KeyStore store = empty();
            store.setKeyEntry(
                    "key",
                    KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate(),
                    "password".toCharArray(),
                    Stream.of(chain).map(Stores::certificate).toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyStore believing(TlsFiles... authorities) {
        try {
            KeyStore store = empty();
            for (int i = 0; i < authorities.length; i++) {
                store.setCertificateEntry("authority-" + i, certificate(authorities[i]));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
