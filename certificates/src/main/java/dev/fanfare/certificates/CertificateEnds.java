package dev.fanfare.certificates;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// When the certificates of a store end.
final class CertificateEnds {

    private CertificateEnds() {}

    /// The first end of those that we show, and of those that vouch for them: from then on nobody has to believe us.
    /// Empty when there are none.
    static Optional<Instant> first(KeyStore shown) {
        return ends(shown).min(Comparator.naturalOrder());
    }

    /// The last end of those that we believe: from then on we believe nobody. While an authority is being replaced both
    /// are there, and the old one may end. Empty when there are none.
    static Optional<Instant> last(KeyStore believed) {
        return ends(believed).max(Comparator.naturalOrder());
    }

    private static Stream<Instant> ends(KeyStore store) {
        try {
            return Collections.list(store.aliases()).stream()
                    .flatMap(alias -> certificates(store, alias))
                    .filter(X509Certificate.class::isInstance)
                    .map(certificate ->
                            ((X509Certificate) certificate).getNotAfter().toInstant());
        } catch (KeyStoreException e) {
            throw new IllegalStateException("the store was not loaded", e);
        }
    }

    private static Stream<Certificate> certificates(KeyStore store, String alias) {
        try {
            Certificate[] chain = store.getCertificateChain(alias);
            return chain == null ? Stream.ofNullable(store.getCertificate(alias)) : Stream.of(chain);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("the store was not loaded", e);
        }
    }
}
