package dev.fanfare.redis.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.channel.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisKeysTest {

    private static final Channel ISS = new Channel("iss.telemetry");

    private final RedisKeys keys = new RedisKeys("f");

    @Test
    void keysOfOneChannel_areAsDocumented() {
        assertThat(keys.stream(ISS)).isEqualTo("f:{0zp}:s:iss.telemetry");
        assertThat(keys.meta(ISS)).isEqualTo("f:{0zp}:m:iss.telemetry");
        assertThat(keys.idempotency(ISS, "a 1")).isEqualTo("f:{0zp}:i:iss.telemetry a 1");
        assertThat(keys.presence(ISS)).isEqualTo("f:{0zp}:p:iss.telemetry");
        assertThat(keys.announcement(ISS)).isEqualTo("f:{0zp}:iss.telemetry");
        assertThat(keys.lease("iss-poller")).isEqualTo("f:{iss-poller}:lease");
        assertThat(keys.instances("gateway")).isEqualTo("f:{gateway}:instances");
        assertThat(keys.loads("gateway")).isEqualTo("f:{gateway}:loads");
        assertThat(keys.revocations()).isEqualTo("f:{revocations}:log");
        assertThat(keys.revocationEnds()).isEqualTo("f:{revocations}:ends");
        assertThat(keys.budget("abc")).isEqualTo("f:{ba7816bf8f01cfea414140de5dae2223}:budget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss.telemetry", "s:iss", "a:b}:c", "!"})
    void channelOfAnAnnouncement_isTheOneThatWasAnnounced(String name) {
        if (Channel.isValid(name)) {
            Channel channel = new Channel(name);
            assertThat(keys.channelOf(keys.announcement(channel))).contains(channel);
        } else {
            assertThat(keys.channelOf("f:{0}:" + name)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "iss.telemetry", "f:{0zp}:", "g:{0zp}:iss.telemetry", "f:{zz}:iss.telemetry", "}:"})
    void otherName_isOfNoChannel(String name) {
        assertThat(keys.channelOf(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a{b", "a}b", "a b", "a*", "123456789012345678901234567890123"})
    void badPrefix_isRefused(String prefix) {
        assertThatThrownBy(() -> new RedisKeys(prefix)).isInstanceOf(IllegalArgumentException.class);
    }
}
