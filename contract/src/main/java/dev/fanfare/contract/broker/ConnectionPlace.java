package dev.fanfare.contract.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;

/// Where a listing of connections goes on: behind this one. They are in the order of instance, subject and id.
///
/// @param subject empty for a stranger
public record ConnectionPlace(String instance, String subject, String id) implements Comparable<ConnectionPlace> {

    private static final Comparator<ConnectionPlace> ORDER = Comparator.comparing(ConnectionPlace::instance)
            .thenComparing(ConnectionPlace::subject)
            .thenComparing(ConnectionPlace::id);

    private static final String SEPARATOR = "\t";
    private static final int PARTS = 3;

    /// The place that `text` was made of.
    ///
    /// @throws IllegalArgumentException if it was made of none
    public static ConnectionPlace parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, -1);
        if (parts.length != PARTS || parts[0].isEmpty()) {
            throw new IllegalArgumentException("not a place in a listing of connections");
        }
        return new ConnectionPlace(parts[0], parts[1], parts[2]);
    }

    /// The same in visible ASCII, for [#parse].
    public String text() {
        byte[] bytes = String.join(SEPARATOR, instance, subject, id).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public int compareTo(ConnectionPlace other) {
        return ORDER.compare(this, other);
    }
}
