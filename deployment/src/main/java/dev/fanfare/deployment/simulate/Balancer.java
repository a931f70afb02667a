package dev.fanfare.deployment.simulate;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Who decides which gateway a client comes to.
enum Balancer {
    /// Any, as a Service of Kubernetes or turns over many proxies do.
    CHANCE("chance") {
        @Override
        Gateway choose(List<Gateway> ready, RandomGenerator random) {
            return ready.get(random.nextInt(ready.size()));
        }
    },
    /// The one of two with fewer connections, as Envoy does by "least request".
    LEAST("least") {
        @Override
        Gateway choose(List<Gateway> ready, RandomGenerator random) {
            Gateway one = CHANCE.choose(ready, random);
            Gateway other = CHANCE.choose(ready, random);
            return one.connections() <= other.connections() ? one : other;
        }
    };

    private final String id;

    Balancer(String id) {
        this.id = id;
    }

    /// One of these, of which there is at least one.
    abstract Gateway choose(List<Gateway> ready, RandomGenerator random);

    static Optional<Balancer> of(String id) {
        return Stream.of(values()).filter(balancer -> balancer.id.equals(id)).findFirst();
    }
}
