package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.testkit.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyFileTest {

    @TempDir
    private Path folder;

    private SigningKey read(String content) throws IOException, UnusableKeyException {
        return SigningKeyFile.read("k", Files.writeString(folder.resolve("k.pem"), content));
    }

    @ParameterizedTest
    @CsvSource({"EC, 256, ES256", "RSA, 2048, RS256", "Ed25519, 255, EdDSA"})
    void pem_signsWhatItsPublicKeyChecks(String kind, int size, String algorithm) throws Exception {
        // When
        SigningKey key = read(KeyFolder.pem(pair(kind, size)));

        // Then
        assertThat(key.algorithm().id()).isEqualTo(algorithm);
        assertThat(isGood(key.sign("{\"a\":1}"), key)).isTrue();
        assertThat(key.toString())
                .doesNotContain(key.publicJwk())
                .contains("k", key.algorithm().name());
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "RSA, 2048", "Ed25519, 255"})
    void jwk_signsToo_andItsPrivatePartsAreNotPublished(String kind, int size) throws Exception {
        // Given
        KeyPair pair = pair(kind, size);
        PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        jwk.setPrivateKey(pair.getPrivate());
        jwk.setKeyId("another");

        // When
        SigningKey key = read(jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE));

        // Then
        PublicJsonWebKey published = PublicJsonWebKey.Factory.newPublicJwk(key.publicJwk());
        assertThat(published.getPrivateKey()).isNull();
        assertThat(published.getKeyId()).isEqualTo("k");
        assertThat(key.publicJwk()).contains("\"use\":\"sig\"").doesNotContain("\"d\":", "\"p\":", "\"q\":");
        assertThat(isGood(key.sign("{}"), key)).isTrue();
    }

    @Test
    void p256AsOpenSslWritesIt_isEnough() throws Exception {
        // Given: PKCS #8 around RFC 5915, with the public key at its end
        KeyPair pair = pair("EC", 256);
        byte[] point = Arrays.copyOfRange(pair.getPublic().getEncoded(), 26, 91);
        byte[] secret = Arrays.copyOfRange(pair.getPrivate().getEncoded(), 35, 67);
        byte[] encoded = HexFormat.of()
                .parseHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"
                        + HexFormat.of().formatHex(secret)
                        + "a144034200"
                        + HexFormat.of().formatHex(point));

        // When
        SigningKey key = read("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n");

        // Then
        assertThat(isGood(key.sign("{}"), key)).isTrue();
    }

    @Test
    void rsaKeyAlone_isEnough() throws Exception {
        // When
        SigningKey key = read(privateAlone(pair("RSA", 2048)));

        // Then
        assertThat(isGood(key.sign("{}"), key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed25519"})
    void privateKeyWithoutItsPublicOne_isRefusedWithWhatToDo(String kind) throws Exception {
        // Given
        String alone = privateAlone(pair(kind, kind.equals("EC") ? 256 : 255));

        // When, Then
        assertThatThrownBy(() -> read(alone))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("openssl pkey -in FILE -pubout");
    }

    @Test
    void keysThatAreNoPair_areRefused() throws Exception {
        // Given
        String mixed = privateAlone(pair("EC", 256))
                + KeyFolder.pem(pair("EC", 256)).replaceFirst("(?s).*(?=-----BEGIN PUBLIC KEY)", "");

        // When, Then
        assertThatThrownBy(() -> read(mixed)).hasMessageContaining("not a pair");
    }

    @ParameterizedTest
    @CsvSource({"EC, 384", "RSA, 1024"})
    void weakOrOtherKey_isRefused(String kind, int size) throws Exception {
        // Given
        String pem = KeyFolder.pem(pair(kind, size));

        // When, Then
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("use P-256, Ed25519, or RSA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "{\"kty\":\"oct\",\"k\":\"hunter2\"}",
                "{\"kty\":\"EC\",\"d\":\"hunter2\"}",
                "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----"
            })
    void rubbish_isRefusedWithoutShowingIt(String content) {
        // When, Then
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void publicKeyAlone_isRefused() throws Exception {
        // Given
        String jwk = PublicJsonWebKey.Factory.newPublicJwk(pair("EC", 256).getPublic())
                .toJson();

        // When, Then
        assertThatThrownBy(() -> read(jwk)).hasMessageContaining("the private key is missing");
    }

    @Test
    void folder_isReadInTheOrderOfItsIds_andOtherFilesDoNotCount() throws Exception {
        // Given
        KeyFolder keys = KeyFolder.with("2026-02", "2026-01");
        Files.writeString(keys.path().resolve("readme.txt"), "no key");
        Files.writeString(keys.path().resolve("..data"), "no key");

        // When
        List<SigningKey> read = new SigningFolder(keys.path()).read();

        // Then
        assertThat(read).extracting(SigningKey::id).containsExactly("2026-01", "2026-02");
    }

    @Test
    void folderThatIsNotWhole_isRefused() throws Exception {
        // Given
        var empty = new SigningFolder(folder);
        KeyFolder spoilt = KeyFolder.with("a");
        Files.writeString(spoilt.path().resolve("b.pem"), "hunter2");
        KeyFolder twice = KeyFolder.with("a");
        Files.copy(twice.path().resolve("a.pem"), twice.path().resolve("a.json"));
        KeyFolder many = KeyFolder.with();
        for (int i = 0; i <= SigningFolder.MAX_KEYS; i++) {
            many.add("k" + i);
        }

        // When, Then
        assertThatThrownBy(empty::read).hasMessageContaining("no file *.pem");
        assertThatThrownBy(() -> new SigningFolder(folder.resolve("none")).read())
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> new SigningFolder(spoilt.path()).read())
                .hasMessageStartingWith("b.pem: ")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> new SigningFolder(twice.path()).read()).hasMessageContaining("two files are called a");
        assertThatThrownBy(() -> new SigningFolder(many.path()).read()).hasMessageContaining("more than 16 keys");
    }

    private static KeyPair pair(String kind, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static String privateAlone(KeyPair pair) {
        return KeyFolder.pem(pair).replaceFirst("(?s)-----BEGIN PUBLIC KEY.*", "");
    }

    private static boolean isGood(String token, SigningKey key) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(PublicJsonWebKey.Factory.newPublicJwk(key.publicJwk()).getPublicKey());
        return signature.verifySignature() && "k".equals(signature.getKeyIdHeaderValue());
    }
}
