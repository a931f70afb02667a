package dev.fanfare.contract.channel;

/// The validated name of a stream of publications; the only way to hold one.
///
/// | component | range                                                                            |
/// |-----------|----------------------------------------------------------------------------------|
/// | `name`    | 1 to 255 visible ASCII characters (`!` to `~`) other than `"` `\` `*` `{` `}`     |
///
/// The excluded characters need escapes in JSON or mean something in a pattern or a Redis hash tag,
/// so a name can be spliced into frames and keys as it is.
public record Channel(String name) implements Comparable<Channel> {

    /// Longest name, in characters (each is one byte).
    public static final int MAX_LENGTH = 255;

    public Channel {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a channel name: \"" + abbreviated(name) + "\"");
        }
    }

    /// Whether `name` may become a channel.
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return switch (c) {
            case '"', '\\', '*', '{', '}' -> false;
            default -> c >= '!' && c <= '~';
        };
    }

    private static String abbreviated(String name) {
        return name.length() <= 32 ? name : name.substring(0, 32) + "…";
    }

    @Override
    public int compareTo(Channel other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
