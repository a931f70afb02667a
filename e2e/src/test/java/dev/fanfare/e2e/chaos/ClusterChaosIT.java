package dev.fanfare.e2e.chaos;

/// See [ClusterRedis] for what goes wrong here.
class ClusterChaosIT extends Chaos {

    ClusterChaosIT() {
        super(new ClusterRedis());
    }
}
