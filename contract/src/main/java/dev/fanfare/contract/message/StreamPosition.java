package dev.fanfare.contract.message;

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

    /// Whether nothing lies between this position and `next`.
    public boolean isFollowedBy(StreamPosition next) {
        return next.offset == offset + 1 && epoch.equals(next.epoch);
    }

    /// Whether the two can be compared.
    public boolean isSameEpochAs(StreamPosition other) {
        return epoch.equals(other.epoch);
    }
}
