package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RespValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotMapTest {

    private static final RedisEndpoint ASKED = RedisEndpoint.parse("redis://asked:7000", "secret");
    private static final RespValue NODES = bulk("""
            id1 10.0.0.1:7001@17001 myself,master - 0 0 5 connected 0-8191
            id2 10.0.0.2:7002@17002,host2 master - 0 0 7 connected 8192-16383
            id3 10.0.0.3:7003@17003 slave id1 0 0 5 connected
            """);

    private static RespValue bulk(String text) {
        return new RespValue.Bulk(text.getBytes(UTF_8));
    }

    private static RespValue range(long first, long last, RespValue host, long port, String id) {
        RespValue node = new RespValue.Many(List.of(host, new RespValue.Whole(port), bulk(id)));
        return new RespValue.Many(List.of(new RespValue.Whole(first), new RespValue.Whole(last), node));
    }

    @Test
    void everyPartition_isClaimedByTheOwnerOfItsSlot() {
        // Given
        RespValue slots = new RespValue.Many(
                List.of(range(0, 8191, bulk("10.0.0.1"), 7001, "id1"), range(8192, 16383, bulk("host2"), 7002, "id2")));

        // When
        SlotMap map = SlotMap.read(slots, NODES, ASKED);

        // Then
        assertThat(map.claims()).hasSize(256);
        assertThat(map.claims().get(127)).isEqualTo(new SlotMap.Claim(ASKED.at("10.0.0.1", 7001), 5));
        assertThat(map.claims().get(128)).isEqualTo(new SlotMap.Claim(ASKED.at("host2", 7002), 7));
    }

    @Test
    void slotsWithoutOwner_areMissing() {
        // Given: the slot of partition 0 is 32
        RespValue slots = new RespValue.Many(List.of(range(33, 100, bulk("h"), 1, "id1")));

        // When
        SlotMap map = SlotMap.read(slots, NODES, ASKED);

        // Then
        assertThat(map.claims()).containsOnlyKeys(1);
    }

    @Test
    void missingHost_meansTheNodeThatWasAsked() {
        // Given
        RespValue slots = new RespValue.Many(
                List.of(range(0, 63, RespValue.Nothing.NOTHING, 7001, "id1"), range(64, 127, bulk(""), 7002, "id2")));

        // When
        SlotMap map = SlotMap.read(slots, NODES, ASKED);

        // Then
        assertThat(map.claims().values().stream().map(SlotMap.Claim::primary))
                .containsExactlyInAnyOrder(ASKED.at("asked", 7001), ASKED.at("asked", 7002));
    }

    @Test
    void anythingElse_isRefused() {
        assertThatThrownBy(() -> SlotMap.read(new RespValue.Text("OK"), NODES, ASKED))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
