package dev.fanfare.redis.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanfare.contract.channel.Channel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.zip.CRC32;

/// One of the 256 shares into which the channels are divided, by the CRC-32 of their names.
///
/// All keys and pub/sub names of a partition carry its [#tag] and so lie in one hash slot, in the
/// middle of its 1/256 of the slots.
///
/// | component | range                                                                            |
/// |-----------|----------------------------------------------------------------------------------|
/// | `number`  | 0 to 255                                                                         |
/// | `tag`     | 1 to 4 characters of `0-9a-z`: the first string, short ones first, with that slot |
/// | `slot`    | 64 · number + 32                                                                 |
public record Partition(int number, String tag, int slot) {

    public static final int COUNT = 256;

    private static final int SLOTS_EACH = HashSlot.COUNT / COUNT;
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final List<Partition> ALL = findTags();

    /// All partitions, by number.
    public static List<Partition> all() {
        return ALL;
    }

    /// The partition of `channel`. Fixed for all time: changing it would lose sight of every stream.
    public static Partition of(Channel channel) {
        var crc = new CRC32();
        crc.update(channel.name().getBytes(US_ASCII));
        return ALL.get((int) (crc.getValue() % COUNT));
    }

    /*
     * Breadth first over all strings of the alphabet gives them in order of length, then of the
     * alphabet. About 48,000 strings are looked at until the last slot is hit: some 20 ms, once.
     */
    private static List<Partition> findTags() {
        var found = new Partition[COUNT];
        int missing = COUNT;
        Queue<String> shorter = new ArrayDeque<>(List.of(""));
        while (missing > 0) {
            String prefix = shorter.remove();
            for (int i = 0; i < ALPHABET.length(); i++) {
                String tag = prefix + ALPHABET.charAt(i);
                int slot = HashSlot.of(tag);
                int number = slot / SLOTS_EACH;
                if (slot % SLOTS_EACH == SLOTS_EACH / 2 && found[number] == null) {
                    found[number] = new Partition(number, tag, slot);
                    missing--;
                }
                shorter.add(tag);
            }
        }
        return List.copyOf(Arrays.asList(found));
    }
}
