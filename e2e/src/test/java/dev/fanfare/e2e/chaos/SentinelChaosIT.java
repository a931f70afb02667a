package dev.fanfare.e2e.chaos;

/// See [SentinelRedis] for what goes wrong here.
class SentinelChaosIT extends Chaos {

    SentinelChaosIT() {
        super(new SentinelRedis());
    }
}
