package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.message.Publication;
import java.util.ArrayList;
import java.util.List;

/// What arrives live for one channel while its history is being read, bounded in bytes.
///
/// Over the bound the newest is dropped and [#overflowed] says so; the dropped messages are in
/// the history still, so dropping them costs another read and nothing else.
final class ArrivedMessages {

    private final int maxBytes;
    private final List<Publication> publications = new ArrayList<>();
    private final List<String> plain = new ArrayList<>();
    private int bytes;
    private boolean overflowed;

    ArrivedMessages(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Publication publication) {
        int size = publication.message().utf8().length;
        if (overflowed || bytes + size > maxBytes) {
            overflowed = true;
        } else {
            publications.add(publication);
            bytes += size;
        }
    }

    /// A plain message that does not fit is lost, as Redis pub/sub loses what nobody can take.
    void addPlain(String text) {
        if (bytes + text.length() <= maxBytes) {
            plain.add(text);
            bytes += text.length();
        }
    }

    /// In the order of arrival.
    List<String> plain() {
        return plain;
    }

    /// Drops what arrived before `first`.
    void dropBefore(Publication first) {
        publications.subList(0, publications.indexOf(first)).clear();
    }

    /// In the order of arrival.
    List<Publication> publications() {
        return publications;
    }

    boolean overflowed() {
        return overflowed;
    }
}
