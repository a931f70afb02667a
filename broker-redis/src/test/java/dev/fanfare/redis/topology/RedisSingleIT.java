package dev.fanfare.redis.topology;

import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.ApiKeyStoreContract;
import dev.fanfare.testkit.BrokerUnderTest;
import dev.fanfare.testkit.BudgetLedgerContract;
import dev.fanfare.testkit.ChannelDirectoryContract;
import dev.fanfare.testkit.ChannelHistoryContract;
import dev.fanfare.testkit.ConnectionRegistryContract;
import dev.fanfare.testkit.InstanceDirectoryContract;
import dev.fanfare.testkit.LeaseKeeperContract;
import dev.fanfare.testkit.MessagePublisherContract;
import dev.fanfare.testkit.PublicKeyBoardContract;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.RevocationLogContract;
import dev.fanfare.testkit.SequencePublisherContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The broker on one server.
class RedisSingleIT {

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

    private static final BrokerUnderTest BROKER = new BrokerOnRedis() {
        @Override
        RedisUnderTest redis() {
            return redis;
        }

        @Override
        public void forgetAll() {
            REDIS.execute("FLUSHALL");
        }

        @Override
        public void breakDown() {
            REDIS.stop();
        }

        @Override
        public void repair() {
            REDIS.start();
        }
    };

    @Nested
    class PublisherOnOneServer extends MessagePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class SequencesOnOneServer extends SequencePublisherContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class HistoryOnOneServer extends ChannelHistoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class DirectoryOnOneServer extends ChannelDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class LeasesOnOneServer extends LeaseKeeperContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class InstancesOnOneServer extends InstanceDirectoryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class RevocationsOnOneServer extends RevocationLogContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ApiKeysOnOneServer extends ApiKeyStoreContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class PublicKeysOnOneServer extends PublicKeyBoardContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class ConnectionsOnOneServer extends ConnectionRegistryContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }

    @Nested
    class BudgetsOnOneServer extends BudgetLedgerContract {
        @Override
        protected BrokerUnderTest broker() {
            return BROKER;
        }
    }
}
