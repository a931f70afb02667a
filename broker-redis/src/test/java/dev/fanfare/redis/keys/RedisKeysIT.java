package dev.fanfare.redis.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisKeysIT {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.with(RedisOptions.defaults().withCluster());

    private final RedisKeys keys = new RedisKeys("it-keys");

    @Test
    void slotsThatWeCompute_areThoseOfRedis() {
        for (int i = 0; i < 300; i++) {
            Channel channel = new Channel("slot." + i);
            long slot = Partition.of(channel).slot();
            assertThat(slotInRedis(keys.stream(channel))).isEqualTo(slot);
            assertThat(slotInRedis(keys.idempotency(channel, "}x{" + i))).isEqualTo(slot);
            assertThat(slotInRedis(keys.announcement(channel))).isEqualTo(slot);
        }
    }

    @Test
    void slotOfALease_isThatOfRedis() {
        assertThat(slotInRedis(keys.lease("iss-poller"))).isEqualTo((long) HashSlot.of("iss-poller"));
    }

    private static @Nullable Object slotInRedis(String key) {
        return REDIS.execute("CLUSTER", "KEYSLOT", key);
    }
}
