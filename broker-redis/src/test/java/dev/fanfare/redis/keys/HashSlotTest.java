package dev.fanfare.redis.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSlotTest {

    @Test
    void checkVector_hasItsKnownCrc() {
        assertThat(HashSlot.crc16("123456789".getBytes(US_ASCII))).isEqualTo(0x31C3);
    }

    @ParameterizedTest
    @CsvSource({
        "foo, 12182",
        "somekey, 11058",
        "foo{hash_tag}, 2515",
        "other{hash_tag}more{x}, 2515",
    })
    void keyOfTheRedisDocuments_hasItsKnownSlot(String key, int slot) {
        assertThat(HashSlot.of(key)).isEqualTo(slot);
    }

    @Test
    void emptyOrUnclosedTag_isNoTag() {
        assertThat(HashSlot.of("a{}b{c}")).isEqualTo(HashSlot.crc16("a{}b{c}".getBytes(US_ASCII)) % HashSlot.COUNT);
        assertThat(HashSlot.of("a{bc")).isEqualTo(HashSlot.crc16("a{bc".getBytes(US_ASCII)) % HashSlot.COUNT);
        assertThat(HashSlot.of("")).isZero();
    }
}
