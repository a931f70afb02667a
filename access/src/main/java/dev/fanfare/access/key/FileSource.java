package dev.fanfare.access.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A key set in a file.
record FileSource(Path path) implements KeySource {

    @Override
    public byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            // One byte more than allowed is enough for the reader to refuse it.
            return in.readNBytes(Jwks.MAX_BYTES + 1);
        }
    }
}
