package dev.fanfare.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// A folder with private keys that sign tokens, one in each file; it goes when the JVM does.
public final class KeyFolder {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path path;

    private KeyFolder(Path path) {
        this.path = path;
    }

    /// A folder with new keys of these ids.
    public static KeyFolder with(String... ids) {
        try {
            Path path = Files.createTempDirectory("fanfare-signing");
            path.toFile().deleteOnExit();
            var folder = new KeyFolder(path);
            for (String id : ids) {
                folder.add(id);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /// Adds a new key for ES256, in one step.
    public void add(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            Path written = Files.writeString(path.resolve(".new"), pem(generator.generateKeyPair()));
            Files.move(written, file(id)).toFile().deleteOnExit();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Both keys of a pair as PEM.
    public static String pem(KeyPair pair) {
        return block("PRIVATE KEY", pair.getPrivate().getEncoded())
                + block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String block(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n" + BASE64.encodeToString(encoded) + "\n-----END " + type + "-----\n";
    }

    /// Removes a key.
    public void remove(String id) {
        try {
            Files.delete(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String id) {
        return path.resolve(id + ".pem");
    }
}
