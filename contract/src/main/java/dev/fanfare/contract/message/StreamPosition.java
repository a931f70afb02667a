package dev.fanfare.contract.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in one channel's stream of publications: after the publication with this offset.
///
/// Two positions compare only inside one epoch. Redis starts a new epoch when it has lost the
/// stream's metadata, so another epoch means "you missed something", never "you are up to date".
///
/// | component | unit and range                                                        |
/// |-----------|-----------------------------------------------------------------------|
/// | `epoch`   | opaque, 1 to 16 characters of base-62                                  |
/// | `offset`  | count of publications in the epoch; 0 is the place before the first   |
public record StreamPosition(String epoch, long offset) {

    public StreamPosition {
        if (offset < 0) {
            throw new IllegalArgumentException("offset starts at 0 but is " + offset);
        }
    }

    private static final Pattern TEXT = Pattern.compile("([0-9A-Za-z]{1,16}):([0-9]{1,18})");

    /// The position that `text` names, as [#text] writes it; empty when it names none.
    public static Optional<StreamPosition> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new StreamPosition(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// The position in one word, `<epoch>:<offset>`.
    public String text() {
        return epoch + ":" + offset;
    }

    /// Whether nothing lies between this position and `next`.
    public boolean isFollowedBy(StreamPosition next) {
        return next.offset == offset + 1 && epoch.equals(next.epoch);
    }

    /// Whether the two can be compared.
    public boolean isSameEpochAs(StreamPosition other) {
        return epoch.equals(other.epoch);
    }
}
