package dev.fanfare.contract.message;

/// Where a channel's stream ends, and what stands there.
///
/// A position alone does not say what was published: after a failover Redis may give a place away once
/// more, whose first message it has lost. So each publication has a mark of its own and names that of the
/// one before it, and whoever follows them from mark to mark has missed nothing and seen nothing that was
/// taken back.
///
/// | component  | unit, range and encoding                                             |
/// |------------|----------------------------------------------------------------------|
/// | `position` | of the newest publication                                            |
/// | `mark`     | of the newest publication, opaque, 1 to 16 characters of base-62      |
public record Tip(StreamPosition position, String mark) {

    /// The mark of the place before the first publication.
    public static final String MARK_OF_START = "0";

    /// Where the stream of a new epoch begins.
    public static Tip startOf(String epoch) {
        return new Tip(new StreamPosition(epoch, 0), MARK_OF_START);
    }

    /// Whether `next` was published right after this.
    public boolean isFollowedBy(Publication next) {
        return position.isFollowedBy(next.position()) && mark.equals(next.previousMark());
    }

    /// Whether `publication` lies before this or at it, as far as can be told from the two alone.
    public boolean isAtOrAfter(Publication publication) {
        StreamPosition other = publication.position();
        return position.isSameEpochAs(other) && (other.offset() < position.offset() || equals(publication.tip()));
    }
}
