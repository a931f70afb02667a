package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.RedisTopology;
import org.junit.jupiter.api.extension.RegisterExtension;

/// History at the gateway, on a cluster of three primaries.
class HistoryClusterIT extends HistoryScenario {

    @RegisterExtension
    static final Fanfare FANFARE = installationOn(RedisTopology.cluster());

    @Override
    Fanfare fanfare() {
        return FANFARE;
    }
}
