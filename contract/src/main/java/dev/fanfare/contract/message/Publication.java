package dev.fanfare.contract.message;

/// A message that Redis accepted, with its position and the link to the one before it.
///
/// | component      | unit, range and encoding                                                          |
/// |----------------|-----------------------------------------------------------------------------------|
/// | `position`     | offset from 1                                                                     |
/// | `mark`         | tells this publication from every other one that ever had its position; see [Tip] |
/// | `previousMark` | the mark of the publication before it, for the first one [Tip#MARK_OF_START]      |
public record Publication(StreamPosition position, String mark, String previousMark, StoredMessage message) {

    /// The end of the stream with this publication.
    public Tip tip() {
        return new Tip(position, mark);
    }

    /// The end of the stream before this publication.
    public Tip previousTip() {
        return new Tip(new StreamPosition(position.epoch(), position.offset() - 1), previousMark);
    }
}
