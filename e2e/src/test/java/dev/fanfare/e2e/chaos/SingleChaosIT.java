package dev.fanfare.e2e.chaos;

/// See [SingleRedis] for what goes wrong here.
class SingleChaosIT extends Chaos {

    SingleChaosIT() {
        super(new SingleRedis());
    }
}
