package dev.fanfare.publisher.issue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder with private keys, one in each file `<id>.pem` or `<id>.json`; other files do not count.
///
/// A mounted secret of Kubernetes is such a folder: its files are links, and its own names begin with a dot.
record SigningFolder(Path path) {

    /// Most keys of a folder: one signs, one or two are on their way out.
    static final int MAX_KEYS = 16;

    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]{0,63})\\.(pem|json)");

    /// The keys as they are now, in the order of their ids.
    ///
    /// @throws UnusableKeyException if one of the files cannot be used, there is none, or there are too many: half
    ///     a folder is none
    List<SigningKey> read() throws UnusableKeyException {
        var keys = new TreeMap<String, SigningKey>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && keys.put(name.group(1), read(name.group(1), file)) != null) {
                    throw new UnusableKeyException("two files are called " + name.group(1));
                }
                if (keys.size() > MAX_KEYS) {
                    throw new UnusableKeyException("there are more than " + MAX_KEYS + " keys");
                }
            }
        } catch (IOException e) {
            throw new UnusableKeyException("the folder cannot be read: " + e.getMessage());
        }
        if (keys.isEmpty()) {
            throw new UnusableKeyException("there is no file *.pem or *.json: make one with  ./dev key signing");
        }
        return List.copyOf(keys.values());
    }

    private static SigningKey read(String id, Path file) throws UnusableKeyException {
        try {
            return SigningKeyFile.read(id, file);
        } catch (UnusableKeyException e) {
            throw new UnusableKeyException(file.getFileName() + ": " + e.getMessage());
        }
    }
}
