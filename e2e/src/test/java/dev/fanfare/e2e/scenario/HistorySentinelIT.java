package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.RedisTopology;
import org.junit.jupiter.api.extension.RegisterExtension;

/// History at the gateway, on a primary that Sentinels name.
class HistorySentinelIT extends HistoryScenario {

    @RegisterExtension
    static final Fanfare FANFARE = installationOn(RedisTopology.sentinel());

    @Override
    Fanfare fanfare() {
        return FANFARE;
    }
}
