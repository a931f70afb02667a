package dev.fanfare.redis.lease;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.LeaseKeeperContract;
import dev.fanfare.testkit.RedisServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLeaseIT extends LeaseKeeperContract {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.disposable();

    private static RedisUnderTest redis;

    @BeforeAll
    static void connect() {
        redis = RedisUnderTest.at(REDIS.uri().toString()).warm();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Override
    protected MessagePublisher publisher() {
        return redis.publisher;
    }

    @Override
    protected ChannelHistory history() {
        return redis.history;
    }

    @Override
    protected LeaseKeeper leases() {
        return redis.leases;
    }

    @Override
    protected void passTime(Duration time) {
        Awaitility.await().pollDelay(time).timeout(time.plusSeconds(5)).until(() -> true);
    }

    @Override
    protected void forgetAll() {
        REDIS.execute("FLUSHALL");
    }

    @Override
    protected void breakDown() {
        REDIS.stop();
    }

    @Override
    protected void repair() {
        REDIS.start();
    }
}
