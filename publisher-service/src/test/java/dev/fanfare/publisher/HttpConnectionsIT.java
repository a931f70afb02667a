package dev.fanfare.publisher;

import dev.fanfare.publisher.http.Api;
import dev.fanfare.testkit.HttpConnectionsContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;

@QuarkusTest
@WithTestResource(RedisResource.class)
@TestProfile(HttpConnectionsIT.Small.class)
class HttpConnectionsIT extends HttpConnectionsContract {

    /// As the contract wants it.
    public static final class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }

    @Override
    protected URI address() {
        return Api.address("/");
    }
}
