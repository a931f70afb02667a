package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.resp.PubSubVerb;
import java.util.ArrayList;
import java.util.List;

/// Under which names and with which commands channels are subscribed on one kind of Redis.
///
/// | component | meaning                                                                               |
/// |-----------|---------------------------------------------------------------------------------------|
/// | `sharded` | cluster: names belong to slots, and only names of one slot may be in one command        |
/// | `plain`   | whether the plain Redis channel of the same name is subscribed as well; not if sharded  |
record PubSubNaming(RedisKeys keys, boolean sharded, boolean plain) {

    /// Groups of names that may be in one command where there are no slots. Plain names are apart because
    /// Redis refuses a command as a whole when its ACL forbids one of them.
    private static final int OURS = 0;

    private static final int PLAIN = 1;

    PubSubNaming {
        if (sharded && plain) {
            throw new IllegalArgumentException("plain Redis channels cannot be followed in a cluster");
        }
    }

    List<PubSubName> namesOf(Interest interest) {
        Channel channel = interest.channel();
        List<PubSubName> names = new ArrayList<>(2);
        int group = sharded ? interest.partition() : OURS;
        names.add(new PubSubName(keys.announcement(channel), group, false, interest));
        if (plain) {
            names.add(new PubSubName(channel.name(), PLAIN, true, interest));
        }
        return names;
    }

    /// The name of a test message that no channel can have and no other connection uses.
    String canary(int partition, String id) {
        return keys.canary(Partition.all().get(partition), id);
    }

    PubSubVerb subscribe() {
        return sharded ? PubSubVerb.SSUBSCRIBE : PubSubVerb.SUBSCRIBE;
    }

    PubSubVerb unsubscribe() {
        return sharded ? PubSubVerb.SUNSUBSCRIBE : PubSubVerb.UNSUBSCRIBE;
    }

    /// How a test message is subscribed: sharded on any kind of Redis, so that `PUBSUB CHANNELS` of one
    /// server lists nothing but what clients want. Redis pushes both kinds over the same way.
    PubSubVerb subscribeCanary() {
        return PubSubVerb.SSUBSCRIBE;
    }

    String publishCanary() {
        return "SPUBLISH";
    }
}
