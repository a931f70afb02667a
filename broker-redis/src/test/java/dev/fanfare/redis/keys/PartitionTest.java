package dev.fanfare.redis.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionTest {

    @Test
    void everyTag_liesInTheMiddleOfItsShareOfTheSlots() {
        assertThat(Partition.all()).hasSize(256).allSatisfy(partition -> {
            assertThat(partition.slot()).isEqualTo(64 * partition.number() + 32);
            assertThat(HashSlot.of("{" + partition.tag() + "}")).isEqualTo(partition.slot());
            assertThat(partition.tag()).matches("[0-9a-z]{1,4}");
        });
    }

    @Test
    void tags_areTheSameForAllTime() {
        assertThat(Partition.all().getFirst().tag()).isEqualTo("021");
        assertThat(Partition.all().get(1).tag()).isEqualTo("4zp");
        assertThat(Partition.all().get(255).tag()).isEqualTo("qmh");
        assertThat(Partition.of(new Channel("iss.telemetry")).number()).isEqualTo(114);
    }

    @Test
    void manyChannels_areSpreadEvenly() {
        // Given
        int channels = 256 * 400;

        // When
        int[] counts = new int[Partition.COUNT];
        IntStream.range(0, channels)
                .forEach(i -> counts[Partition.of(new Channel("room." + i)).number()]++);

        // Then: five standard deviations of a fair draw, which is 20 per partition
        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(300, 500));
    }

    @Test
    void longestName_hasAPartition() {
        assertThat(Partition.of(new Channel("~".repeat(Channel.MAX_LENGTH))).number())
                .isBetween(0, 255);
    }
}
