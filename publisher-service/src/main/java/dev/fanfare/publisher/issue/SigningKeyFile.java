package dev.fanfare.publisher.issue;

import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// Reads a private key: a JSON Web Key (`.json`), or PEM (`.pem`) with `PRIVATE KEY` (PKCS #8) as OpenSSL writes it.
///
/// The public key of PEM comes from a block `PUBLIC KEY` if there is one, else from the private one: RSA has
/// it, and so has P-256 where OpenSSL wrote it. Ed25519 needs the block.
final class SigningKeyFile {

    /// Longest file, in bytes: RSA of 8192 bits takes 7 KB.
    static final int MAX_BYTES = 16 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;
    /// What stands before a point of P-256 in a `SubjectPublicKeyInfo` (RFC 5480).
    private static final byte[] P256_HEAD =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private SigningKeyFile() {}

    /// @throws UnusableKeyException if there is no private key in it that can be used
    static SigningKey read(String id, Path file) throws UnusableKeyException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException _) {
            throw new UnusableKeyException("it cannot be read");
        }
        if (content.length > MAX_BYTES) {
            throw new UnusableKeyException("it has more than " + MAX_BYTES + " bytes");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        try {
            return SigningKey.of(id, text.stripLeading().startsWith("{") ? jwk(content) : pem(text));
        } catch (IOException | JoseException | GeneralSecurityException | RuntimeException _) {
            // The message may quote the key.
            throw new UnusableKeyException("it is neither a JSON Web Key nor PEM with a PRIVATE KEY");
        }
    }

    private static PublicJsonWebKey jwk(byte[] utf8) throws IOException, JoseException {
        return PublicJsonWebKey.Factory.newPublicJwk(RawJson.parse(utf8).toString());
    }

    private static PublicJsonWebKey pem(String text)
            throws GeneralSecurityException, JoseException, UnusableKeyException {
        byte[] encoded = block(text, "PRIVATE KEY")
                .orElseThrow(() -> new UnusableKeyException("it has no PRIVATE KEY: write it with  openssl genpkey"));
        PrivateKey privateKey = privateKey(encoded);
        Optional<byte[]> given = block(text, "PUBLIC KEY");
        PublicKey publicKey = given.isPresent()
                ? KeyFactory.getInstance(privateKey.getAlgorithm()).generatePublic(new X509EncodedKeySpec(given.get()))
                : derived(privateKey, encoded);
        PublicJsonWebKey pair = PublicJsonWebKey.Factory.newPublicJwk(publicKey);
        pair.setPrivateKey(privateKey);
        return pair;
    }

    private static Optional<byte[]> block(String text, String type) {
        for (Matcher found = BLOCK.matcher(text); found.find(); ) {
            if (found.group(1).equals(type)) {
                return Optional.of(Base64.getMimeDecoder().decode(found.group(2)));
            }
        }
        return Optional.empty();
    }

    private static PrivateKey privateKey(byte[] encoded) throws GeneralSecurityException, UnusableKeyException {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // Of another kind.
            }
        }
        throw new UnusableKeyException("use P-256, Ed25519, or RSA with 2048 to 8192 bits, not another kind of key");
    }

    private static PublicKey derived(PrivateKey privateKey, byte[] encoded)
            throws GeneralSecurityException, UnusableKeyException {
        return switch (privateKey) {
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey _ -> pointAtTheEnd(encoded);
            default ->
                throw new UnusableKeyException(
                        "its public key is missing: append it with  openssl pkey -in FILE -pubout >> FILE");
        };
    }

    /// RFC 5915 puts the public key last, and who signs with a wrong one is found out by [SigningKey#of].
    private static PublicKey pointAtTheEnd(byte[] encoded) throws GeneralSecurityException, UnusableKeyException {
        int at = encoded.length - POINT_BYTES;
        if (at <= 0 || encoded[at] != UNCOMPRESSED) {
            throw new UnusableKeyException(
                    "its public key is missing: append it with  openssl pkey -in FILE -pubout >> FILE");
        }
        byte[] info = Arrays.copyOf(P256_HEAD, P256_HEAD.length + POINT_BYTES);
        System.arraycopy(encoded, at, info, P256_HEAD.length, POINT_BYTES);
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info));
    }
}
