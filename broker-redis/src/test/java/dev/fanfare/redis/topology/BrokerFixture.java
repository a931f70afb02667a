package dev.fanfare.redis.topology;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.ChannelHistoryContract;
import dev.fanfare.testkit.LeaseKeeperContract;
import dev.fanfare.testkit.MessagePublisherContract;
import java.time.Duration;
import org.awaitility.Awaitility;

/// One Redis installation, and the contract tests bound to it.
interface BrokerFixture {

    RedisUnderTest redis();

    void forgetAll();

    void breakDown();

    void repair();

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).timeout(time.plusSeconds(5)).until(() -> true);
    }

    /// The publisher's contract on the installation of [#fixture].
    abstract class Publisher extends MessagePublisherContract {

        abstract BrokerFixture fixture();

        @Override
        protected MessagePublisher publisher() {
            return fixture().redis().publisher;
        }

        @Override
        protected ChannelHistory history() {
            return fixture().redis().history;
        }

        @Override
        protected LeaseKeeper leases() {
            return fixture().redis().leases;
        }

        @Override
        protected void passTime(Duration time) {
            pass(time);
        }

        @Override
        protected void forgetAll() {
            fixture().forgetAll();
        }

        @Override
        protected void breakDown() {
            fixture().breakDown();
        }

        @Override
        protected void repair() {
            fixture().repair();
        }
    }

    /// The history's contract on the installation of [#fixture].
    abstract class History extends ChannelHistoryContract {

        abstract BrokerFixture fixture();

        @Override
        protected MessagePublisher publisher() {
            return fixture().redis().publisher;
        }

        @Override
        protected ChannelHistory history() {
            return fixture().redis().history;
        }

        @Override
        protected LeaseKeeper leases() {
            return fixture().redis().leases;
        }

        @Override
        protected void passTime(Duration time) {
            pass(time);
        }

        @Override
        protected void forgetAll() {
            fixture().forgetAll();
        }

        @Override
        protected void breakDown() {
            fixture().breakDown();
        }

        @Override
        protected void repair() {
            fixture().repair();
        }
    }

    /// The leases' contract on the installation of [#fixture].
    abstract class Leases extends LeaseKeeperContract {

        abstract BrokerFixture fixture();

        @Override
        protected MessagePublisher publisher() {
            return fixture().redis().publisher;
        }

        @Override
        protected ChannelHistory history() {
            return fixture().redis().history;
        }

        @Override
        protected LeaseKeeper leases() {
            return fixture().redis().leases;
        }

        @Override
        protected void passTime(Duration time) {
            pass(time);
        }

        @Override
        protected void forgetAll() {
            fixture().forgetAll();
        }

        @Override
        protected void breakDown() {
            fixture().breakDown();
        }

        @Override
        protected void repair() {
            fixture().repair();
        }
    }
}
