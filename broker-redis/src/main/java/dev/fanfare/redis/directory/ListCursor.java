package dev.fanfare.redis.directory;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import org.jspecify.annotations.Nullable;

/// Where a listing goes on: in a partition, after a name.
///
/// | component   | range                                                        |
/// |-------------|--------------------------------------------------------------|
/// | `partition` | 0 to 255                                                     |
/// | `name`      | the channel that was looked at last, or empty for none yet   |
record ListCursor(int partition, String name) {

    static final ListCursor START = new ListCursor(0, "");

    /// The cursor that `text` was made of.
    ///
    /// @throws IllegalArgumentException if it was made of none
    static ListCursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        int dot = text.indexOf('.');
        String name = text.substring(dot + 1);
        if (dot < 1 || dot > 3 || !(name.isEmpty() || Channel.isValid(name))) {
            throw new IllegalArgumentException("not a cursor");
        }
        int partition = Integer.parseInt(text.substring(0, dot));
        if (partition < 0 || partition >= Partition.COUNT) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new ListCursor(partition, name);
    }

    String text() {
        return partition + "." + name;
    }
}
