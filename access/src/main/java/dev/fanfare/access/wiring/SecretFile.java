package dev.fanfare.access.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/// A secret that is shared by way of a file.
final class SecretFile {

    /// As long as the hash: RFC 7518 section 3.2 asks for no less with HS256.
    static final int MIN_BYTES = 32;

    static final int MAX_BYTES = 4096;

    private SecretFile() {}

    /// The content without one line break at its end, which editors and `echo` leave there.
    ///
    /// @param illegal makes the exception to throw out of what is wrong
    static byte[] read(String file, Function<String, ? extends RuntimeException> illegal) {
        byte[] content;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            content = in.readNBytes(MAX_BYTES + 3);
        } catch (IOException | InvalidPathException e) {
            throw illegal.apply("the file cannot be read: " + e.getMessage());
        }
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
            if (length > 0 && content[length - 1] == '\r') {
                length--;
            }
        }
        if (length < MIN_BYTES || length > MAX_BYTES) {
            throw illegal.apply("the secret must have " + MIN_BYTES + " to " + MAX_BYTES
                    + " bytes: make one with  openssl rand -base64 48");
        }
        return Arrays.copyOf(content, length);
    }
}
